namespace Flatfile.Api;

/// <summary>The states of a space. Text on the wire, so that values this library does not know survive.</summary>
public static class SpaceStatus
{
    public const string Created = "created";

    public const string Configured = "configured";

    public const string Completed = "completed";

    public const string Archived = "archived";

    public const string Expired = "expired";
}
