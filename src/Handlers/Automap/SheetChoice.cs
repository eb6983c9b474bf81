using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>Which sheet of the primary workbook claims a file, or why none does.</summary>
/// <param name="Match">The sheet that claims it; null when none does.</param>
/// <param name="Reason">Why none does; empty when one does.</param>
internal sealed record SheetChoice(SheetMatch? Match, string Reason)
{
    private const double Equal = 1e-9;

    /// <summary>When none claims the file, the sheet that came nearest: what is asked and suggested there may help.</summary>
    public SheetMatch? Closest { get; private init; }

    /// <summary>The one sheet that is wanted, by slug or name. One column that maps is enough for it.</summary>
    public static SheetChoice Of(string wanted, IReadOnlyList<Property> columns, IReadOnlyList<Sheet> sheets, MatchKnowledge knowledge)
    {
        if (sheets.FirstOrDefault(s => s.Slug == wanted) is not { } sheet && (sheet = sheets.FirstOrDefault(s => s.Name == wanted)) is null)
        {
            return new SheetChoice(null, $"the option defaultTargetSheet is '{wanted}', and the workbook has only the sheets {string.Join(", ", sheets.Select(s => s.Slug))}");
        }

        var match = SheetMatch.Of(columns, sheet, knowledge);
        return match.Mapped.Count > 0 ? new SheetChoice(match, string.Empty) : new SheetChoice(null, WhyNot(match)) { Closest = match };
    }

    /// <param name="fileName">Without its extension; decides between sheets that fit equally well.</param>
    /// <param name="columns">The columns of the file.</param>
    /// <param name="sheets">The sheets that may claim it.</param>
    /// <param name="knowledge">What is known beside the names; null for nothing.</param>
    public static SheetChoice Among(string fileName, IReadOnlyList<Property> columns, IReadOnlyList<Sheet> sheets, MatchKnowledge? knowledge = null)
    {
        if (sheets.Count == 0)
        {
            return new SheetChoice(null, "the space has no workbook with sheets to map into");
        }

        var matches = sheets.Select(sheet => SheetMatch.Of(columns, sheet, knowledge)).OrderByDescending(m => m.Score).ToList();
        var fitting = matches.Where(m => m.Fits).ToList();
        if (fitting.Count == 0)
        {
            return new SheetChoice(null, WhyNot(matches[0])) { Closest = matches[0] };
        }

        var best = fitting.Where(m => fitting[0].Score - m.Score < Equal).ToList();
        if (best.Count > 1)
        {
            var name = ColumnName.Normalise(fileName);
            var named = best.Where(m => ColumnName.Normalise(m.Sheet.Name) == name || ColumnName.Normalise(m.Sheet.Slug) == name).ToList();
            if (named.Count != 1)
            {
                var names = string.Join(", ", best.Select(m => m.Sheet.Name));
                return new SheetChoice(null, $"it fits these sheets equally well: {names}; name the file after the one it is for");
            }

            best = named;
        }

        return new SheetChoice(best[0], string.Empty);
    }

    private static string WhyNot(SheetMatch closest) => closest.Mapped.Count == 0
        ? "none of its columns has the name of a field"
        : closest.MissingRequired.Count > 0
            ? $"the closest sheet, {closest.Sheet.Name}, requires {string.Join(", ", closest.MissingRequired.Select(f => f.Label ?? f.Key))}"
            : $"only {closest.Mapped.Count} of its {closest.Mapped.Count + closest.Unmapped.Count} columns have the name of a field of the closest sheet, {closest.Sheet.Name}";
}
