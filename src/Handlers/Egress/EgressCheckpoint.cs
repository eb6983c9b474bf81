namespace Flatfile.Agent.Handlers.Egress;

/// <summary>How far an egress is: what a run after a crash does not send again.</summary>
/// <param name="Sheets">The sheets that were begun.</param>
/// <param name="DeleteAsked">The receiver asked to delete what it accepted.</param>
/// <param name="Message">What the receiver last said for the person who submitted; null for nothing.</param>
internal sealed record EgressCheckpoint(IReadOnlyList<EgressedSheet> Sheets, bool DeleteAsked, string? Message)
{
    public static EgressCheckpoint Start { get; } = new([], false, null);

    /// <summary>The state of a sheet; its start when it was not begun.</summary>
    public EgressedSheet Of(string sheetId, string name) => Sheets.FirstOrDefault(s => s.SheetId == sheetId) ?? new EgressedSheet(sheetId, name, PagePlace.Start, 0, 0, 0, 0, false);

    /// <summary>With a new state of a sheet.</summary>
    public EgressCheckpoint With(EgressedSheet sheet) => this with { Sheets = [.. Sheets.Where(s => s.SheetId != sheet.SheetId), sheet] };
}
