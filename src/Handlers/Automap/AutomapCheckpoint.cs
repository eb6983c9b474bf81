namespace Flatfile.Agent.Handlers.Automap;

/// <summary>How far a copy is: what a run after a crash skips.</summary>
/// <param name="Tables">One for each sheet of the file that was begun, in their order.</param>
internal sealed record AutomapCheckpoint(IReadOnlyList<AutomapCheckpoint.Table> Tables)
{
    /// <summary>One sheet of the file.</summary>
    /// <param name="SheetId">The sheet that claimed it, to which a later run keeps; null when none did.</param>
    /// <param name="Pairs">How its columns are mapped; a later run keeps to it, whatever has been learnt meanwhile.</param>
    /// <param name="Pages">Pages the server has acknowledged.</param>
    /// <param name="Rows">Rows on those pages.</param>
    /// <param name="Tally">What was counted on those pages.</param>
    public sealed record Table(string? SheetId, IReadOnlyList<Pair> Pairs, int Pages, long Rows, CopyTally Tally);

    /// <summary>A column's key, a field's, and why they belong together.</summary>
    public sealed record Pair(string From, string To, NameCloseness Closeness, double Confidence, string Reason);
}
