using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>Writes the rows a reference cell refers to, one step deep.</summary>
internal sealed class LinkedRows(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<ReferenceRule, (RowWriter Rows, Statement Select)> _targets = [];

    public void Write(Utf8JsonWriter writer, ReferenceRule rule, CellData cell)
    {
        if (!_targets.TryGetValue(rule, out var target))
        {
            var rows = new RowWriter(connection, rule.Target!, new RowQuery());
            target = (rows, new Statement(connection, $"SELECT {rows.Columns} FROM {rule.Target!.Table} x WHERE x.{rule.TargetKey!.Sql} = ? ORDER BY x.id LIMIT 1"));
            _targets.Add(rule, target);
        }

        writer.WriteStartArray("links"u8);
        foreach (var key in ReferenceSettlement.KeysOf(rule.Field, cell))
        {
            target.Select.Bind(1, key);
            if (target.Select.Step())
            {
                target.Rows.Write(target.Select, writer);
            }

            target.Select.Reset();
        }

        writer.WriteEndArray();
    }

    public void Dispose()
    {
        foreach (var (rows, select) in _targets.Values)
        {
            rows.Dispose();
            select.Dispose();
        }
    }
}
