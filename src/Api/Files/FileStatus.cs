namespace Flatfile.Api;

/// <summary>The states of a file. Text on the wire, so that values this library does not know survive.</summary>
public static class FileStatus
{
    public const string Partial = "partial";

    public const string Analyzing = "analyzing";

    public const string Analyzed = "analyzed";

    public const string Complete = "complete";

    public const string Archived = "archived";

    public const string Purged = "purged";

    public const string Failed = "failed";
}
