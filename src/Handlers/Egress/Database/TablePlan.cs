using Flatfile.Api;
using Npgsql;

namespace Flatfile.Agent.Handlers.Egress.Database;

/// <summary>How the rows of a sheet get into a table: checked before the first row is sent, and told as it is.</summary>
internal sealed class TablePlan
{
    // The library's own way to quote a name: the only one by which a name gets into a statement.
    private static readonly NpgsqlCommandBuilder Names = new();

    private readonly TargetTable _table;

    private TablePlan(Sheet sheet, TargetTable table, IReadOnlyList<MappedField> fields, IReadOnlyList<string> key)
    {
        (Sheet, _table, Fields) = (sheet, table, fields);
        Key = key;
        Staging = "flatfile_staging_" + sheet.Id;
        var columns = string.Join(", ", fields.Select(f => Quote(f.Column.Name)));
        var values = string.Join(", ", fields.Select((f, i) => f.Cast.Length == 0 ? $"c{i}" : $"c{i}::{f.Cast}"));
        Insert = $"INSERT INTO {Quote(table.Schema)}.{Quote(table.Name)} ({columns}) SELECT {values} FROM {Quote(Staging)} WHERE n BETWEEN $1 AND $2 ORDER BY n{Conflict()}";
    }

    public Sheet Sheet { get; }

    public IReadOnlyList<MappedField> Fields { get; }

    /// <summary>The columns by which a row is known; empty when every row is inserted.</summary>
    public IReadOnlyList<string> Key { get; }

    /// <summary>The table as a person names it.</summary>
    public string Table => $"{_table.Schema}.{_table.Name}";

    /// <summary>The temporary table that rows are copied to first.</summary>
    public string Staging { get; }

    /// <summary>From there into the table; takes the first and last number of the rows.</summary>
    public string Insert { get; }

    public string CreateStaging => $"CREATE TEMPORARY TABLE {Quote(Staging)} (n bigint PRIMARY KEY, {string.Join(", ", Fields.Select((f, i) => $"c{i} {f.Staged}"))})";

    public string Copy => $"COPY {Quote(Staging)} (n, {string.Join(", ", Fields.Select((_, i) => $"c{i}"))}) FROM STDIN (FORMAT BINARY)";

    public string Empty => $"TRUNCATE {Quote(Staging)}";

    public static string Quote(string name) => name.Contains('\0')
        ? throw new JobFailedException("A name of the database holds a NUL character. Correct it in the settings.")
        : Names.QuoteIdentifier(name);

    /// <summary>Makes the plan of a sheet.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="table">Its table.</param>
    /// <param name="options">What the settings say of it.</param>
    /// <param name="faults">Gets everything that is wrong with it.</param>
    /// <returns>Null when something is wrong.</returns>
    public static TablePlan? Of(Sheet sheet, TargetTable table, TableOptions options, List<string> faults)
    {
        var (fields, before) = (new List<MappedField>(), faults.Count);
        var mapped = options.Columns ?? sheet.Config.Fields.Where(f => table.Columns.Any(c => c.Name == f.Key)).ToDictionary(f => f.Key, f => f.Key);
        foreach (var (key, name) in mapped)
        {
            if (Map(sheet, table, key, name, faults) is { } field)
            {
                fields.Add(field);
            }
        }

        fields = [.. sheet.Config.Fields.Select(f => fields.FirstOrDefault(m => m.Field.Key == f.Key)).OfType<MappedField>()];
        CheckTable(sheet, table, options, mapped, faults);
        return faults.Count == before ? new TablePlan(sheet, table, fields, options.Key) : null;
    }

    private static MappedField? Map(Sheet sheet, TargetTable table, string key, string name, List<string> faults)
    {
        var (field, column) = (sheet.Config.Fields.FirstOrDefault(f => f.Key == key), table.Columns.FirstOrDefault(c => c.Name == name));
        if (field is null)
        {
            faults.Add($"The sheet '{sheet.Slug}' has no field '{key}'. Correct Columns, or add the field.");
        }
        else if (column is null)
        {
            faults.Add($"The table {table.Schema}.{table.Name} has no column '{name}' for the field '{key}'. It has: {string.Join(", ", table.Columns.Select(c => c.Name))}.");
        }
        else if (column.IsComputed)
        {
            faults.Add($"The column '{name}' of {table.Schema}.{table.Name} is computed by the database, so the field '{key}' cannot be written to it. Leave the field out.");
        }
        else if (ColumnValue.Way(column) is not { } way)
        {
            faults.Add($"The column '{name}' of {table.Schema}.{table.Name} has the type {column.Written}, which is not written to. Leave the field '{key}' out, or write it to a text column.");
        }
        else if (!Fits(field, column))
        {
            faults.Add($"The field '{key}' is of type {field.Type} and the column '{name}' of {table.Schema}.{table.Name} of type {column.Written}. Change one of them, or write the field to a text column.");
        }
        else
        {
            return new MappedField(field, column, way.Type, way.Staged, way.Cast);
        }

        return null;
    }

    /// <summary>False where no value of the field could ever be one of the column. Texts are looked at row by row.</summary>
    private static bool Fits(Property field, TargetColumn column) => field.Type switch
    {
        PropertyType.Boolean => column.Type is "boolean" or "text" or "character varying" or "json" or "jsonb",
        PropertyType.Number => column.Type is not ("boolean" or "date" or "timestamp without time zone" or "timestamp with time zone" or "uuid" or "text[]"),
        PropertyType.Date => column.Type is not ("boolean" or "smallint" or "integer" or "bigint" or "numeric" or "double precision" or "uuid" or "text[]"),
        PropertyType.StringList or PropertyType.EnumList or PropertyType.ReferenceList => column.Type is "text[]" or "json" or "jsonb" or "text",
        _ => true,
    };

    private static void CheckTable(Sheet sheet, TargetTable table, TableOptions options, IReadOnlyDictionary<string, string> mapped, List<string> faults)
    {
        if (mapped.Count == 0)
        {
            faults.Add($"No field of the sheet '{sheet.Slug}' is named like a column of {table.Schema}.{table.Name}. Set Columns: for each field its column.");
        }

        foreach (var twice in mapped.Values.GroupBy(c => c).Where(g => g.Count() > 1))
        {
            faults.Add($"The column '{twice.Key}' of {table.Schema}.{table.Name} is given by several fields. Leave one.");
        }

        foreach (var missing in table.Columns.Where(c => !c.MayBeNull && !c.HasDefault && !c.IsComputed && !mapped.Values.Contains(c.Name)))
        {
            faults.Add($"The column '{missing.Name}' of {table.Schema}.{table.Name} must have a value and no field gives it one. Add it to Columns, or give it a default.");
        }

        foreach (var missing in options.Key.Except(mapped.Values))
        {
            faults.Add($"The key of {table.Schema}.{table.Name} names '{missing}', which no field is written to. Add it to Columns.");
        }

        if (options.Key.Count > 0 && !table.Keys.Any(k => k.ToHashSet().SetEquals(options.Key)))
        {
            faults.Add($"{table.Schema}.{table.Name} has no unique index over exactly ({string.Join(", ", options.Key)}), by which a row that is there could be found. Make one, or correct Key.");
        }
    }

    private string Conflict()
    {
        if (Key.Count == 0)
        {
            return "";
        }

        var changed = Fields.Select(f => f.Column.Name).Except(Key).Select(c => $"{Quote(c)} = EXCLUDED.{Quote(c)}").ToList();
        return $" ON CONFLICT ({string.Join(", ", Key.Select(Quote))}) DO " + (changed.Count == 0 ? "NOTHING" : "UPDATE SET " + string.Join(", ", changed));
    }
}
