using System.Globalization;
using System.Text.Json;
using Flatfile.Spaces.Records;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Snapshots;

/// <summary>What rows came, changed and went since a snapshot. Rows are told apart by their ids, changes by the values of fields both have.</summary>
internal sealed class SnapshotDiff
{
    private readonly SqliteConnection _connection;
    private readonly SheetSchema _schema;
    private readonly string _old;

    public SnapshotDiff(SqliteConnection connection, SheetSchema schema, long snapshot)
    {
        _connection = connection;
        _schema = schema;
        _old = SnapshotTable.Name(snapshot);
        Fields = SnapshotTable.CommonFields(connection, snapshot, schema);
        Created = $"SELECT x.id FROM {schema.Table} x WHERE NOT EXISTS (SELECT 1 FROM {_old} o WHERE o.id = x.id)";
        Deleted = $"SELECT o.id FROM {_old} o WHERE NOT EXISTS (SELECT 1 FROM {schema.Table} x WHERE x.id = o.id)";
        Updated = $"SELECT x.id FROM {schema.Table} x CROSS JOIN {_old} o ON o.id = x.id WHERE {Differs}";
    }

    /// <summary>The fields that are compared.</summary>
    public IReadOnlyList<SheetField> Fields { get; }

    /// <summary>A statement for the ids of the rows that came.</summary>
    public string Created { get; }

    /// <summary>A statement for the ids of the rows that changed; it ends with its condition on <c>x</c> and <c>o</c>.</summary>
    public string Updated { get; }

    /// <summary>A statement for the ids of the rows that went; it ends with its condition on <c>o</c>.</summary>
    public string Deleted { get; }

    private string Differs => RecordSql.Any([.. Fields.Select(Pair)]);

    /// <summary>The members of a summary: for each kind of change how many rows, and for each field how many of its cells.</summary>
    public void WriteSummary(Utf8JsonWriter writer)
    {
        Section(writer, ChangeType.Created, field => $"COUNT(x.{RecordSql.Column(field.Column)})", Created[Created.IndexOf("FROM", StringComparison.Ordinal)..]);
        Section(writer, ChangeType.Updated, field => $"SUM({Pair(field)})", Updated[Updated.IndexOf("FROM", StringComparison.Ordinal)..]);
        Section(writer, ChangeType.Deleted, field => $"COUNT(o.{RecordSql.Column(field.Column)})", Deleted[Deleted.IndexOf("FROM", StringComparison.Ordinal)..]);
    }

    /// <summary>One page of the changed rows, in the order of their ids.</summary>
    public List<long> Page(string? changeType, int size, long skip)
    {
        var parts = changeType switch
        {
            ChangeType.Created => [Created],
            ChangeType.Updated => [Updated],
            ChangeType.Deleted => [Deleted],
            _ => (string[])[Created, Updated, Deleted],
        };
        var rows = new List<long>();
        using var select = new Statement(_connection, string.Create(
            CultureInfo.InvariantCulture, $"{string.Join(" UNION ALL ", parts)} ORDER BY 1 LIMIT {size} OFFSET {skip}"));
        while (select.Step())
        {
            rows.Add(select.Long(0));
        }

        return rows;
    }

    private static string Pair(SheetField field) => $"(x.{RecordSql.Column(field.Column)} IS NOT o.{RecordSql.Column(field.Column)})";

    private void Section(Utf8JsonWriter writer, string name, Func<SheetField, string> count, string from)
    {
        using var select = new Statement(_connection, $"SELECT COUNT(*){string.Concat(Fields.Select(field => ", " + count(field)))} {from}");
        select.Step();
        writer.WriteStartObject(name);
        writer.WriteNumber("total"u8, select.Long(0));
        writer.WriteStartObject("byField"u8);
        for (var i = 0; i < Fields.Count; i++)
        {
            writer.WriteNumber(Fields[i].Name, select.Long(i + 1));
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
