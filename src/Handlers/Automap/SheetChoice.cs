using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>Which sheet of the primary workbook claims a file, or why none does.</summary>
/// <param name="Match">The sheet that claims it; null when none does.</param>
/// <param name="Reason">Why none does; empty when one does.</param>
internal sealed record SheetChoice(SheetMatch? Match, string Reason)
{
    private const double Equal = 1e-9;

    /// <param name="fileName">Without its extension; decides between sheets that fit equally well.</param>
    /// <param name="columns">The columns of the file.</param>
    /// <param name="sheets">The sheets that may claim it.</param>
    public static SheetChoice Among(string fileName, IReadOnlyList<Property> columns, IReadOnlyList<Sheet> sheets)
    {
        if (sheets.Count == 0)
        {
            return new SheetChoice(null, "the space has no workbook with sheets to map into");
        }

        var matches = sheets.Select(sheet => SheetMatch.Of(columns, sheet)).OrderByDescending(m => m.Score).ToList();
        var fitting = matches.Where(m => m.Fits).ToList();
        if (fitting.Count == 0)
        {
            return new SheetChoice(null, WhyNot(matches[0]));
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
