using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>
/// Writes stored rows as the wire's records. The shape is exactly what lets a record hook see that it changed nothing: every field with value
/// and messages, metadata and config always, and no other member on the record.
/// </summary>
internal sealed class RowWriter : IDisposable
{
    private const int FirstCell = 5;

    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Valid = JsonEncodedText.Encode("valid");
    private static readonly JsonEncodedText Metadata = JsonEncodedText.Encode("metadata");
    private static readonly JsonEncodedText Config = JsonEncodedText.Encode("config");
    private static readonly JsonEncodedText UpdatedAt = JsonEncodedText.Encode("updatedAt");
    private static readonly JsonEncodedText Values = JsonEncodedText.Encode("values");

    private readonly SheetSchema _schema;
    private readonly IReadOnlyList<SheetField> _fields;
    private readonly LinkedRows? _links;
    private readonly CommitTimes? _times;
    private readonly CellFlags _flags = new();
    private readonly PlainRow _plain;

    public RowWriter(SqliteConnection connection, SheetSchema schema, RowQuery query, CommitTimes? times = null)
    {
        _times = times;
        _schema = schema;
        _fields = query.Fields.Count == 0 ? schema.Fields : [.. schema.Fields.Where(field => query.Fields.Contains(field.Key))];
        _links = query.IncludeLinks && schema.References.Count > 0 ? new LinkedRows(connection) : null;
        _plain = new PlainRow(schema.Number, _fields);
        Columns = "x.id, x.bad, x.flags, x.extra, x.changed" + string.Concat(_fields.Select(field => ", x." + RecordSql.Column(field.Column)));
    }

    /// <summary>What a statement must select from <c>x</c> for <see cref="Write"/>.</summary>
    public string Columns { get; }

    public void Write(Statement row, Utf8JsonWriter writer)
    {
        var time = _times?.Of(row.Long(0), row.IsNull(4) ? null : row.Long(4));
        var isFlagged = !row.IsNull(2);
        if (!isFlagged && row.IsNull(1) && row.IsNull(3) && _links is null)
        {
            _plain.Write(row, FirstCell, time, writer);
            return;
        }

        if (isFlagged)
        {
            _flags.Load(row.Bytes(2));
        }

        var extra = row.IsNull(3) ? null : RowExtra.Of(row.Bytes(3));
        Span<char> id = stackalloc char[RecordId.Length];
        RecordId.Format(_schema.Number, row.Long(0), id);
        writer.WriteStartObject();
        writer.WriteString(Id, id);
        writer.WriteBoolean(Valid, row.IsNull(1));
        Object(writer, Metadata, extra?.Metadata);
        Object(writer, Config, extra?.Config);
        writer.WriteStartObject(Values);
        for (var i = 0; i < _fields.Count; i++)
        {
            var field = _fields[i];
            var cell = row.Cell(FirstCell + i);
            writer.WriteStartObject(field.Name);
            CellWriter.WriteValue(writer, field, cell);
            CellWriter.WriteMessages(writer, _schema, field, cell, isFlagged ? _flags : null, extra);
            if (time is { } updatedAt)
            {
                writer.WriteString(UpdatedAt, updatedAt);
            }

            if (_links is not null && field.Reference is { Target: not null } rule && !cell.IsEmpty)
            {
                _links.Write(writer, rule, cell);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public void Dispose()
    {
        _links?.Dispose();
        _times?.Dispose();
        _plain.Dispose();
    }

    private static void Object(Utf8JsonWriter writer, JsonEncodedText name, System.Text.Json.Nodes.JsonObject? value)
    {
        writer.WritePropertyName(name);
        if (value is null)
        {
            writer.WriteStartObject();
            writer.WriteEndObject();
        }
        else
        {
            value.WriteTo(writer);
        }
    }
}
