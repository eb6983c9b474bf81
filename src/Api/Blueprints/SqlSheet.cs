namespace Flatfile.Api;

/// <summary>Makes a sheet of a table.</summary>
internal static class SqlSheet
{
    public static SheetConfig Of(SqlTable table, IReadOnlyList<SqlTable> all, List<string> faults)
    {
        var constraints = table.Constraints.ToList();
        if (table.Key.Count > 1)
        {
            constraints.Insert(0, SheetPart.UniqueTogether(null, [.. table.Key]));
        }

        foreach (var name in table.Key.Where(name => table.Find(name) is null))
        {
            faults.Add($"Line {table.Line}: the primary key of '{table.Name}' names the column '{name}', which it does not have.");
        }

        return new SheetConfig
        {
            Name = table.Name,
            Slug = table.Name,
            Description = table.Comment,
            Fields = [.. table.Columns.Select(column => Field(column, table, all, faults)).OfType<Property>()],
            Constraints = constraints.Count > 0 ? constraints : null,
        };
    }

    private static Property? Field(SqlColumn column, SqlTable table, IReadOnlyList<SqlTable> all, List<string> faults)
    {
        var isList = column.Type.EndsWith("[]", StringComparison.Ordinal);
        var type = SqlTypes.FieldType(isList ? column.Type[..^2] : column.Type);
        if (type is null || (isList && type != PropertyType.String))
        {
            faults.Add($"Line {column.Line}: the column '{column.Name}' has the type {column.Type}, which no field can hold. Leave it out, or write the field by hand.");
            return null;
        }

        var isKey = table.Key.Any(name => name.Equals(column.Name, StringComparison.OrdinalIgnoreCase));
        var reference = column.Reference is null ? null : Reference(column, all, faults);
        return new Property
        {
            Key = column.Name,
            Type = isList ? PropertyType.StringList : reference is not null ? PropertyType.Reference : column.Options.Count > 0 ? PropertyType.Enum : type,
            Description = column.Comment,
            Metadata = column.Default is null ? null : SheetPart.Default(column.Default),
            Constraints = Constraints(column, isKey, isKey && table.Key.Count == 1, reference is not null || isList),
            Config = reference ?? (column.Options.Count > 0 ? new PropertyConfig { Options = [.. column.Options.Select(o => SheetPart.Option(o, o))] }
                : column.DecimalPlaces is { } places ? new PropertyConfig { DecimalPlaces = places } : null),
        };
    }

    private static IReadOnlyList<Constraint>? Constraints(SqlColumn column, bool isKey, bool isWholeKey, bool hasOtherType)
    {
        var constraints = new List<Constraint>();
        if ((column.IsRequired || isKey) && !column.IsMade && column.Default is null)
        {
            constraints.Add(FieldRules.Required);
        }

        if (column.IsUnique || isWholeKey)
        {
            constraints.Add(FieldRules.Unique);
        }

        // Rules about numbers do not hold for texts: a field that refers to another holds a text.
        constraints.AddRange(hasOtherType ? [] : column.Rules);
        return constraints.Count > 0 ? SheetPart.Constraints(constraints) : null;
    }

    private static PropertyConfig? Reference(SqlColumn column, IReadOnlyList<SqlTable> all, List<string> faults)
    {
        var (name, field) = column.Reference!.Value;
        var other = all.FirstOrDefault(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        var key = other?.Find(field ?? (other.Key.Count == 1 ? other.Key[0] : ""));
        if (key is null)
        {
            faults.Add($"Line {column.Line}: the column '{column.Name}' refers to {name}({field ?? "its key"}), which is not among the tables. Add the table, or take the reference out.");
            return null;
        }

        return new PropertyConfig { Ref = other!.Name, Key = key.Name, Relationship = "has-one" };
    }
}
