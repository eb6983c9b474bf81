namespace Flatfile.Api;

/// <summary>Which rows a selection takes. Text on the wire, so that values this library does not know survive.</summary>
public static class RecordFilter
{
    public const string All = "all";

    public const string Valid = "valid";

    public const string Error = "error";

    public const string None = "none";
}
