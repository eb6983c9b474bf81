using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>Flags cells that refer to no row, and takes the flag when a row has come.</summary>
internal sealed class ReferenceSettlement(SqliteConnection connection, FlagEditor editor, ReferenceRule rule)
{
    private const int Batch = 5_000;

    private readonly string _elements = RecordSql.Elements(rule.Source.Number, rule.Field.Column);

    private string Flagged => $"ifnull(instr(x.flags, ',{rule.Field.Column}{CellFlag.Unlinked}'), 0) > 0";

    private string Unlinked => rule.Target is null
        ? $"x.{rule.SourceKey!.Sql} IS NOT NULL"
        : $"(x.{rule.SourceKey!.Sql} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {rule.Target.Table} o WHERE o.{rule.TargetKey!.Sql} = x.{rule.SourceKey.Sql}{Filter}))";

    private string Filter => rule.SourceFilter is null
        ? ""
        : $" AND (x.{rule.SourceFilter.Sql} IS NULL OR o.{rule.TargetFilter!.Sql} = x.{rule.SourceFilter.Sql})";

    /// <summary>Corrects the referring rows listed in a table.</summary>
    public void Rows(string scope)
    {
        if (rule.SourceKey is null)
        {
            using var lists = new Statement(connection, $"""
                SELECT t.id, 1 FROM {scope} t WHERE t.id > ?1 AND EXISTS (SELECT 1 FROM {_elements} l WHERE l.id = t.id) ORDER BY t.id LIMIT {Batch}
                """);
            RowBatches.Each(lists, Batch, (row, _) => SettleList(row));
            return;
        }

        using var select = new Statement(connection, $"""
            SELECT x.id, {Unlinked} FROM {scope} t CROSS JOIN {rule.Source.Table} x ON x.id = t.id
            WHERE t.id > ?1 AND ({Unlinked}) <> ({Flagged}) ORDER BY t.id LIMIT {Batch}
            """);
        RowBatches.Each(select, Batch, Set);
    }

    /// <summary>Corrects the rows that refer to keys which came or went.</summary>
    public void Keys(DirtyKeys dirty)
    {
        // A key that an untouched row has was there before and still is, so nobody's link changed; with a filter that is not sure.
        using var stays = new Statement(connection, $"""
            SELECT 1 FROM {rule.Target!.Table} x WHERE x.{rule.TargetKey!.Sql} = ?1 AND x.id NOT IN (SELECT id FROM {DirtyKeys.Touched}) LIMIT 1
            """);
        using var rows = new Statement(connection, rule.SourceKey is { } source
            ? $"SELECT x.id, {Unlinked} FROM {rule.Source.Table} x WHERE x.id > ?1 AND x.{source.Sql} = ?2 AND ({Unlinked}) <> ({Flagged}) ORDER BY x.id LIMIT {Batch}"
            : $"SELECT l.id, 1 FROM {_elements} l WHERE l.id > ?1 AND l.key = ?2 ORDER BY l.id LIMIT {Batch}");
        using var keys = dirty.Of(rule.TargetKey!);
        while (keys.Step())
        {
            var key = keys.Cell(0);
            stays.Bind(1, key);
            var isSure = rule.SourceFilter is null && stays.Step();
            stays.Reset();
            if (!isSure)
            {
                rows.Bind(2, key);
                RowBatches.Each(rows, Batch, rule.SourceKey is null ? (row, _) => SettleList(row) : Set);
            }
        }
    }

    private void Set(long row, bool on) => editor.Set(rule.Source, row, [rule.Field.Column], "l", null, on);

    private void SettleList(long row)
    {
        var filter = rule.SourceFilter is null ? "NULL" : rule.SourceFilter.Sql;
        using var select = new Statement(connection, $"SELECT {RecordSql.Column(rule.Field.Column)}, {filter} FROM {rule.Source.Table} WHERE id = ?");
        select.Bind(1, row);
        if (!select.Step())
        {
            return;
        }

        var cell = select.Cell(0);
        var filterText = select.Text(1);
        var isList = cell.Kind == CellKind.Json && cell.Bytes[0] == '[';
        var keys = KeysOf(rule.Field, cell);
        var missing = new List<int>();
        for (var i = 0; i < keys.Count; i++)
        {
            if (!Exists(keys[i], filterText))
            {
                missing.Add(i);
            }
        }

        var places = isList ? string.Join('.', missing.Select(place => place.ToString(CultureInfo.InvariantCulture))) : null;
        editor.Set(rule.Source, row, [rule.Field.Column], "l", places, missing.Count > 0);
    }

    /// <summary>The keys a cell that may be a list refers to.</summary>
    public static IReadOnlyList<string> KeysOf(SheetField field, CellData cell)
    {
        if (cell.Kind == CellKind.Json && cell.Bytes[0] == '[')
        {
            return [.. ListCells.Elements(cell).Select(element => field.KeyText(CellData.OfText(Encoding.UTF8.GetBytes(element))) ?? "")];
        }

        return field.KeyText(cell) is { } key ? [key] : [];
    }

    private bool Exists(string key, string? filter)
    {
        if (rule.Target is null)
        {
            return false;
        }

        using var select = new Statement(connection, $"SELECT 1 FROM {rule.Target.Table} WHERE {rule.TargetKey!.Sql} = ?1"
            + (filter is null ? "" : $" AND {rule.TargetFilter!.Sql} = ?2"));
        select.Bind(1, key);
        if (filter is not null)
        {
            select.Bind(2, filter);
        }

        return select.Step();
    }
}
