namespace Flatfile.Api;

/// <summary>The weight of a message. Text on the wire, so that values this library does not know survive.</summary>
public static class ValidationLevel
{
    public const string Error = "error";

    public const string Warn = "warn";

    public const string Info = "info";
}
