namespace Flatfile.Api;

/// <summary>How lines are written.</summary>
public sealed record RecordLinesWrite
{
    /// <summary>Empties the sheet first.</summary>
    public bool? Truncate { get; init; }

    /// <summary>Makes a snapshot first.</summary>
    public bool? Snapshot { get; init; }

    /// <summary>Tells no hooks.</summary>
    public bool? Silent { get; init; }

    internal ApiQuery ToQuery(string sheetId) =>
        new ApiQuery().Add("sheetId", sheetId).Add("truncate", Truncate).Add("snapshot", Snapshot).Add("silent", Silent);
}
