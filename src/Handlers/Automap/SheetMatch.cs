using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>How the columns of a file fit one sheet.</summary>
internal sealed class SheetMatch
{
    private SheetMatch(Sheet sheet, IReadOnlyList<MappedColumn> mapped, IReadOnlyList<Property> unmapped, IReadOnlyList<Property> missing)
    {
        Sheet = sheet;
        Mapped = mapped;
        Unmapped = unmapped;
        MissingRequired = missing;
    }

    public Sheet Sheet { get; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<MappedColumn> Mapped { get; }

    /// <summary>Columns of the file that go nowhere.</summary>
    public IReadOnlyList<Property> Unmapped { get; }

    /// <summary>Required fields of the sheet that no column fills.</summary>
    public IReadOnlyList<Property> MissingRequired { get; }

    /// <summary>Most columns map and no required field is missing.</summary>
    public bool Fits => MissingRequired.Count == 0 && Mapped.Count > Unmapped.Count;

    /// <summary>Share of the names both have among the names either has: a file that is all of a sheet beats one that is a part of a larger.</summary>
    public double Score => (double)Mapped.Count / (Sheet.Config.Fields.Count + Unmapped.Count);

    /// <summary>Finds for each column the closest field; a field is filled once, by the first of the closest columns.</summary>
    public static SheetMatch Of(IReadOnlyList<Property> columns, Sheet sheet)
    {
        var pairs = columns.SelectMany(column => sheet.Config.Fields.Select(field => new MappedColumn(column, field, ClosenessOf(column, field))))
            .Where(pair => pair.Closeness != NameCloseness.None)
            .OrderByDescending(pair => pair.Closeness);
        var (byColumn, filled) = (new Dictionary<string, MappedColumn>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var pair in pairs)
        {
            if (!byColumn.ContainsKey(pair.From.Key) && filled.Add(pair.To.Key))
            {
                byColumn.Add(pair.From.Key, pair);
            }
        }

        return new SheetMatch(
            sheet,
            [.. columns.Where(c => byColumn.ContainsKey(c.Key)).Select(c => byColumn[c.Key])],
            [.. columns.Where(c => !byColumn.ContainsKey(c.Key))],
            [.. sheet.Config.Fields.Where(f => IsRequired(f) && !filled.Contains(f.Key))]);
    }

    private static NameCloseness ClosenessOf(Property column, Property field)
    {
        string[] names = [column.Label ?? column.Key, column.Key];
        string[] wanted = [field.Key, field.Label ?? field.Key];
        if (names.Intersect(wanted, StringComparer.Ordinal).Any())
        {
            return NameCloseness.Exact;
        }

        var plain = names.Select(ColumnName.Normalise).Where(n => n.Length > 0).ToList();
        return plain.Intersect(wanted.Select(ColumnName.Normalise), StringComparer.Ordinal).Any() ? NameCloseness.Normalised
            : plain.Intersect((field.AlternativeNames ?? []).Select(ColumnName.Normalise), StringComparer.Ordinal).Any() ? NameCloseness.Alternative
            : NameCloseness.None;
    }

    private static bool IsRequired(Property field) => field.Constraints?.Any(c => c.Type == ConstraintType.Required) == true;
}
