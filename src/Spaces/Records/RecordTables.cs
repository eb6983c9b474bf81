using System.Globalization;
using Flatfile.Api;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>Makes the tables of a workbook's sheets follow its schema.</summary>
internal static class RecordTables
{
    /// <summary>Creates the store's own tables in a space's new database. Harmless when they are there.</summary>
    public static void Initialize(SqliteConnection connection)
    {
        Statement.Execute(connection, """
            CREATE TABLE IF NOT EXISTS sheet_columns(
                sheet INTEGER NOT NULL, kind INTEGER NOT NULL, key TEXT NOT NULL, number INTEGER NOT NULL,
                PRIMARY KEY (sheet, kind, key)) WITHOUT ROWID
            """);
        Statement.Execute(connection, """
            CREATE TABLE IF NOT EXISTS record_sheets(
                sheet INTEGER PRIMARY KEY, total INTEGER NOT NULL, errors INTEGER NOT NULL, next INTEGER NOT NULL, signature TEXT NOT NULL)
            """);
        Statement.Execute(connection, """
            CREATE TABLE IF NOT EXISTS record_blocks(
                sheet INTEGER NOT NULL, block INTEGER NOT NULL, total INTEGER NOT NULL, errors INTEGER NOT NULL,
                PRIMARY KEY (sheet, block)) WITHOUT ROWID
            """);
        Statement.Execute(connection, """
            CREATE TABLE IF NOT EXISTS record_inserts(
                sheet INTEGER NOT NULL, commit_number INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
                PRIMARY KEY (sheet, commit_number)) WITHOUT ROWID
            """);
    }

    /// <summary>The step that lets every commit find its rows; what rows say of their last change is taken over.</summary>
    public static void AddChanges(SqliteConnection connection)
    {
        Statement.Execute(connection, ChangeLog.Schema);
        Statement.Execute(connection, "CREATE INDEX IF NOT EXISTS record_inserts_first ON record_inserts(sheet, first)");
        foreach (var table in Names(connection, "table").Where(name => name.StartsWith("r_", StringComparison.Ordinal)))
        {
            Statement.Execute(connection, $"""
                INSERT INTO record_changes(sheet, commit_number, first, last)
                SELECT {int.Parse(table[2..], CultureInfo.InvariantCulture)}, changed, id, id FROM {table} WHERE changed IS NOT NULL
                """);
        }
    }

    /// <summary>
    /// Brings the tables from one state of a workbook to the next, inside the caller's write: new sheets get a table, changed ones new columns
    /// and a fresh validation of their rows, missing ones are dropped. A removed field keeps its values and finds them again.
    /// </summary>
    /// <param name="connection">A writer inside a transaction.</param>
    /// <param name="before">All sheets of the workbook so far; empty for a new workbook.</param>
    /// <param name="after">All sheets of the workbook from now on; empty when it is deleted.</param>
    public static void Apply(SqliteConnection connection, IReadOnlyList<SheetDefinition> before, IReadOnlyList<SheetDefinition> after)
    {
        foreach (var sheet in before.Where(sheet => after.All(other => other.Number != sheet.Number)))
        {
            Drop(connection, sheet.Number);
        }

        var maps = after.ToDictionary(sheet => sheet.Number, sheet => ColumnMap.Load(connection, sheet.Number, mayGrow: true));
        var workbook = WorkbookSchema.Build(after, maps);
        var changed = new List<SheetSchema>();
        foreach (var schema in workbook.Sheets)
        {
            if (Follow(connection, schema, maps[schema.Number]))
            {
                changed.Add(schema);
            }
        }

        if (changed.Count > 0)
        {
            Revalidation.Run(connection, changed);
        }
    }

    /// <summary>Rows of a sheet without any selection: known at once.</summary>
    public static RecordCounts Counts(SqliteConnection connection, int sheetNumber) => Tally.Counts(connection, sheetNumber);

    private static void Drop(SqliteConnection connection, int sheet)
    {
        var elements = $"{RecordSql.Elements(sheet, 0)[..^1]}";
        foreach (var table in Names(connection, "table").Where(name => name.StartsWith(elements, StringComparison.Ordinal)))
        {
            Statement.Execute(connection, $"DROP TABLE {table}");
        }

        Statement.Execute(connection, $"DROP TABLE IF EXISTS {RecordSql.Table(sheet)}");
        foreach (var table in (string[])["sheet_columns", "record_sheets", "record_blocks", "record_inserts", "record_changes", "record_sought"])
        {
            using var delete = new Statement(connection, $"DELETE FROM {table} WHERE sheet = ?");
            delete.Bind(1, sheet);
            delete.Run();
        }
    }

    /// <summary>Creates or widens the table of one sheet.</summary>
    /// <returns>Whether its rows must be validated anew.</returns>
    private static bool Follow(SqliteConnection connection, SheetSchema schema, ColumnMap map)
    {
        if (schema.Fields.Count > RecordLimits.Fields)
        {
            throw new RecordBodyException($"Sheet '{schema.Definition.Slug}' has {schema.Fields.Count} fields, at most {RecordLimits.Fields} are taken.");
        }

        if (schema.Number is < 1 or > RecordLimits.SheetNumber)
        {
            throw new InvalidOperationException($"Sheet number {schema.Number} does not fit into a record id. A space takes {RecordLimits.SheetNumber} sheets in its life.");
        }

        var old = SignatureOf(connection, schema.Number);
        var signature = SchemaSignature.Of(schema, map.Fresh);
        if (old is null)
        {
            var columns = string.Concat(map.Fresh.Select(column => ", " + RecordSql.Column(column)));
            Statement.Execute(connection, $"CREATE TABLE {schema.Table}(id INTEGER PRIMARY KEY, changed INTEGER, bad TEXT, flags TEXT, extra TEXT{columns})");
            Statement.Execute(connection, $"CREATE INDEX {RecordSql.ErrorIndex(schema.Number)} ON {schema.Table}(id) WHERE bad IS NOT NULL");
            Statement.Execute(connection, $"CREATE INDEX {RecordSql.ChangeIndex(schema.Number)} ON {schema.Table}(changed) WHERE changed IS NOT NULL");
        }
        else
        {
            foreach (var column in map.Fresh)
            {
                Statement.Execute(connection, $"ALTER TABLE {schema.Table} ADD COLUMN {RecordSql.Column(column)}");
            }
        }

        map.Save(connection);
        var mustValidate = old is not null && !signature.Keeps(old) && Tally.Counts(connection, schema.Number).Total > 0;
        FollowIndexes(connection, schema);
        using var save = new Statement(connection, """
            INSERT INTO record_sheets(sheet, total, errors, next, signature) VALUES (?1, 0, 0, 1, ?2)
            ON CONFLICT(sheet) DO UPDATE SET signature = ?2
            """);
        save.Bind(1, schema.Number);
        save.Bind(2, signature.ToString());
        save.Run();
        return mustValidate;
    }

    private static void FollowIndexes(SqliteConnection connection, SheetSchema schema)
    {
        var prefix = RecordSql.KeyIndex(schema.Number, 0)[..^1];
        var wanted = schema.Keys.ToDictionary(key => RecordSql.KeyIndex(schema.Number, key.Column));
        var present = Names(connection, "index").Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        foreach (var name in present.Where(name => !wanted.ContainsKey(name)))
        {
            Statement.Execute(connection, $"DROP INDEX {name}");
        }

        foreach (var (name, key) in wanted.Where(index => !present.Contains(index.Key)))
        {
            Statement.Execute(connection, $"CREATE INDEX {name} ON {schema.Table}({key.Sql}) WHERE {key.Sql} IS NOT NULL");
        }

        foreach (var rule in schema.References.Where(rule => rule.SourceKey is null))
        {
            var table = RecordSql.Elements(schema.Number, rule.Field.Column);
            Statement.Execute(connection, $"CREATE TABLE IF NOT EXISTS {table}(id INTEGER NOT NULL, key TEXT NOT NULL, PRIMARY KEY (id, key)) WITHOUT ROWID");
            Statement.Execute(connection, $"CREATE INDEX IF NOT EXISTS i{table} ON {table}(key)");
        }
    }

    private static string? SignatureOf(SqliteConnection connection, int sheet)
    {
        using var select = new Statement(connection, "SELECT signature FROM record_sheets WHERE sheet = ?");
        select.Bind(1, sheet);
        return select.Step() ? select.Text(0) ?? "" : null;
    }

    private static List<string> Names(SqliteConnection connection, string type)
    {
        var names = new List<string>();
        using var select = new Statement(connection, "SELECT name FROM sqlite_master WHERE type = ?");
        select.Bind(1, type);
        while (select.Step())
        {
            names.Add(select.Text(0)!);
        }

        return names;
    }
}
