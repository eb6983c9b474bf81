using System.Text.Json;
using Flatfile.Spaces.Records;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Snapshots;

/// <summary>Writes rows with the values they had in a snapshot beside those they have.</summary>
internal sealed class DiffWriter : IDisposable
{
    private const int FirstCell = 4;

    private static readonly JsonEncodedText SnapshotValue = JsonEncodedText.Encode("snapshotValue");

    private readonly SheetSchema _schema;
    private readonly HashSet<SheetField> _common;
    private readonly List<SheetField> _old;
    private readonly Statement _now;
    private readonly Statement _then;
    private readonly CellFlags _flags = new();

    public DiffWriter(SqliteConnection connection, SheetSchema schema, long snapshot)
    {
        _schema = schema;
        _old = [.. SnapshotTable.CommonFields(connection, snapshot, schema)];
        _common = [.. _old];
        _now = new Statement(connection, $"SELECT x.id, x.bad, x.flags, x.extra{Columns(schema.Fields)} FROM {schema.Table} x WHERE x.id = ?");
        _then = new Statement(connection, $"SELECT x.id, x.bad, x.flags, x.extra{Columns(_old)} FROM {SnapshotTable.Name(snapshot)} x WHERE x.id = ?");
    }

    /// <summary>A row that is there, that was there, or both.</summary>
    public void Write(long row, Utf8JsonWriter writer)
    {
        _now.Bind(1, row);
        _then.Bind(1, row);
        var isNow = _now.Step();
        var wasThen = _then.Step();
        var known = isNow ? _now : _then;
        var extra = known.IsNull(3) ? null : RowExtra.Of(known.Bytes(3));
        var isFlagged = !known.IsNull(2);
        if (isFlagged)
        {
            _flags.Load(known.Bytes(2));
        }

        writer.WriteStartObject();
        writer.WriteString("id"u8, RecordId.Of(_schema.Number, row));
        writer.WriteBoolean("valid"u8, known.IsNull(1));
        Object(writer, "metadata"u8, extra?.Metadata);
        Object(writer, "config"u8, extra?.Config);
        writer.WriteStartObject("values"u8);
        var place = 0;
        foreach (var field in _schema.Fields)
        {
            var isCommon = _common.Contains(field);
            var now = isNow ? _now.Cell(FirstCell + field.Position) : default;
            var then = isCommon && wasThen ? _then.Cell(FirstCell + place) : default;
            place += isCommon ? 1 : 0;
            writer.WriteStartObject(field.Name);
            CellWriter.WriteValue(writer, field, now);
            CellWriter.WritePlain(writer, SnapshotValue, field, then);
            CellWriter.WriteMessages(writer, _schema, field, isNow ? now : then, isFlagged ? _flags : null, extra);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        _now.Reset();
        _then.Reset();
    }

    public void Dispose()
    {
        _now.Dispose();
        _then.Dispose();
    }

    private static string Columns(IEnumerable<SheetField> fields) => string.Concat(fields.Select(field => ", x." + RecordSql.Column(field.Column)));

    private static void Object(Utf8JsonWriter writer, ReadOnlySpan<byte> name, System.Text.Json.Nodes.JsonObject? value)
    {
        writer.WritePropertyName(name);
        (value ?? []).WriteTo(writer);
    }
}
