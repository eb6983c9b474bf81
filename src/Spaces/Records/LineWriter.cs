using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Records;

/// <summary>Writes stored rows as JSON lines: values plainly under their field keys, everything else under reserved keys.</summary>
internal sealed class LineWriter : IDisposable
{
    private const int FirstCell = 5;

    private readonly SpaceRead _read;
    private readonly SheetSchema _schema;
    private readonly LineOptions _options;
    private readonly string _sheetId;
    private readonly IReadOnlyList<SheetField> _fields;
    private readonly CommitTimes? _times;
    private readonly CellFlags _flags = new();
    private readonly Dictionary<ReferenceRule, (LineWriter Rows, Statement Select)> _targets = [];

    public LineWriter(SpaceRead read, SheetSchema schema, RowQuery query, LineOptions options, string sheetId)
    {
        _read = read;
        _schema = schema;
        _options = options;
        _sheetId = sheetId;
        _fields = query.Fields.Count == 0 ? schema.Fields : [.. schema.Fields.Where(field => query.Fields.Contains(field.Key))];
        _times = options.Context || options.Timestamps ? new CommitTimes(read.Connection, schema.Number) : null;
        Columns = "x.id, x.bad, x.flags, x.extra, x.changed" + string.Concat(_fields.Select(field => ", x." + RecordSql.Column(field.Column)));
    }

    /// <summary>What a statement must select from <c>x</c> for <see cref="Write"/>.</summary>
    public string Columns { get; }

    public void Write(Statement row, Utf8JsonWriter writer)
    {
        Span<char> id = stackalloc char[RecordId.Length];
        RecordId.Format(_schema.Number, row.Long(0), id);
        writer.WriteStartObject();
        writer.WriteString(RecordLine.Id, id);
        Context(row, writer);
        for (var i = 0; i < _fields.Count; i++)
        {
            var cell = row.Cell(FirstCell + i);
            if (!cell.IsEmpty || _options.EmptyCells)
            {
                CellWriter.WritePlain(writer, _fields[i].Name, _fields[i], cell);
            }
        }

        var extra = row.IsNull(3) ? null : RowExtra.Of(row.Bytes(3));
        Object(writer, _options.Metadata, RecordLine.Metadata, extra?.Metadata);
        Object(writer, _options.Config, RecordLine.Config, extra?.Config);
        if (_options.Messages)
        {
            Messages(row, extra, writer);
        }

        if (_options.Links && _schema.References.Count > 0)
        {
            Links(row, writer);
        }

        writer.WriteEndObject();
    }

    public void Dispose()
    {
        _times?.Dispose();
        foreach (var (rows, select) in _targets.Values)
        {
            rows.Dispose();
            select.Dispose();
        }
    }

    private static void Object(Utf8JsonWriter writer, bool isWanted, string name, JsonObject? value)
    {
        if (!isWanted)
        {
            return;
        }

        writer.WritePropertyName(name);
        (value ?? []).WriteTo(writer);
    }

    private void Context(Statement row, Utf8JsonWriter writer)
    {
        long? changed = row.IsNull(4) ? null : row.Long(4);
        if (_options.Sheet)
        {
            writer.WriteString(RecordLine.Sheet, _sheetId);
        }

        if (_options.Slug)
        {
            writer.WriteString(RecordLine.Slug, _schema.Definition.Slug);
        }

        if (_options.Context)
        {
            if (_times!.CommitOf(row.Long(0), changed) is > 0 and var commit)
            {
                writer.WriteString(RecordLine.Version, _read.IdOf(ResourceTable.Commits, commit));
            }

            writer.WriteBoolean(RecordLine.Valid, row.IsNull(1));
        }

        if (_options.Timestamps && _times!.Of(row.Long(0), changed) is { } time)
        {
            writer.WriteString(RecordLine.Updated, time);
        }
    }

    private void Messages(Statement row, RowExtra? extra, Utf8JsonWriter writer)
    {
        writer.WriteStartArray(RecordLine.Messages);
        if (!row.IsNull(2))
        {
            _flags.Load(row.Bytes(2));
            for (var i = 0; i < _fields.Count; i++)
            {
                CellWriter.WriteLineMessages(writer, _schema, _fields[i], row.Cell(FirstCell + i), _flags, extra);
            }
        }

        writer.WriteEndArray();
    }

    private void Links(Statement row, Utf8JsonWriter writer)
    {
        writer.WriteStartArray(RecordLine.Links);
        for (var i = 0; i < _fields.Count; i++)
        {
            if (_fields[i].Reference is not { Target: not null, TargetKey: not null } rule || row.IsNull(FirstCell + i))
            {
                continue;
            }

            var (rows, select) = TargetOf(rule);
            foreach (var key in ReferenceSettlement.KeysOf(rule.Field, row.Cell(FirstCell + i)))
            {
                select.Bind(1, key);
                if (select.Step())
                {
                    rows.Write(select, writer);
                }

                select.Reset();
            }
        }

        writer.WriteEndArray();
    }

    private (LineWriter Rows, Statement Select) TargetOf(ReferenceRule rule)
    {
        if (!_targets.TryGetValue(rule, out var target))
        {
            var rows = new LineWriter(_read, rule.Target!, new RowQuery(), new LineOptions { Context = false, Slug = true }, "");
            target = (rows, new Statement(_read.Connection, $"SELECT {rows.Columns} FROM {rule.Target!.Table} x WHERE x.{rule.TargetKey!.Sql} = ? ORDER BY x.id LIMIT 1"));
            _targets.Add(rule, target);
        }

        return target;
    }
}
