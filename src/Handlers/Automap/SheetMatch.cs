using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>How the columns of a file fit one sheet.</summary>
internal sealed class SheetMatch
{
    private SheetMatch(Sheet sheet, IReadOnlyList<Property> columns, IReadOnlyList<MappedColumn> mapped)
    {
        Sheet = sheet;
        var byColumn = mapped.ToDictionary(m => m.From.Key, StringComparer.Ordinal);
        var filled = mapped.Select(m => m.To.Key).ToHashSet(StringComparer.Ordinal);
        Mapped = [.. columns.Where(c => byColumn.ContainsKey(c.Key)).Select(c => byColumn[c.Key])];
        Unmapped = [.. columns.Where(c => !byColumn.ContainsKey(c.Key))];
        MissingRequired = [.. sheet.Config.Fields.Where(f => IsRequired(f) && !filled.Contains(f.Key))];
    }

    public Sheet Sheet { get; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<MappedColumn> Mapped { get; }

    /// <summary>Columns of the file that go nowhere.</summary>
    public IReadOnlyList<Property> Unmapped { get; }

    /// <summary>Required fields of the sheet that no column fills.</summary>
    public IReadOnlyList<Property> MissingRequired { get; }

    /// <summary>Pairs that are likely, but not likely enough to be mapped without a person.</summary>
    public IReadOnlyList<MappedColumn> Suggestions { get; private init; } = [];

    /// <summary>What neither names nor values decide.</summary>
    public IReadOnlyList<MappingQuestion> Questions { get; private init; } = [];

    /// <summary>Most columns map and no required field is missing. Columns that are asked about belong to the sheet, too: they count for neither side.</summary>
    public bool Fits => MissingRequired.Count == 0 && Mapped.Count > Unmapped.Count - AskedColumns;

    private int AskedColumns => Questions.SelectMany(q => q.Candidates).Select(c => c.From.Key).Distinct().Count();

    /// <summary>Share of the names both have among the names either has: a file that is all of a sheet beats one that is a part of a larger.</summary>
    public double Score => Mapped.Sum(m => m.Confidence) / (Sheet.Config.Fields.Count + Unmapped.Count);

    /// <summary>Finds for each column the field it means; a field is filled once.</summary>
    public static SheetMatch Of(IReadOnlyList<Property> columns, Sheet sheet, MatchKnowledge? knowledge = null)
    {
        var (mapped, suggested, questions) = new ColumnMatching(columns, sheet, knowledge ?? MatchKnowledge.None).Solve();
        return new SheetMatch(sheet, columns, mapped) { Suggestions = suggested, Questions = questions };
    }

    /// <summary>A match that was found earlier: each column's key with its field's.</summary>
    public static SheetMatch Again(IReadOnlyList<Property> columns, Sheet sheet, IReadOnlyList<AutomapCheckpoint.Pair> pairs)
    {
        var fields = sheet.Config.Fields.ToDictionary(f => f.Key, StringComparer.Ordinal);
        var mapped = from pair in pairs
            let column = columns.FirstOrDefault(c => c.Key == pair.From)
            where column is not null && fields.ContainsKey(pair.To)
            select new MappedColumn(column, fields[pair.To], pair.Closeness, pair.Confidence, pair.Reason);
        return new SheetMatch(sheet, columns, [.. mapped]);
    }

    private static bool IsRequired(Property field) => field.Constraints?.Any(c => c.Type == ConstraintType.Required) == true;
}
