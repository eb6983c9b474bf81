namespace Flatfile.Api;

/// <summary>How a job starts. Text on the wire, so that values this library does not know survive.</summary>
public static class JobTrigger
{
    public const string Manual = "manual";

    public const string Immediate = "immediate";
}
