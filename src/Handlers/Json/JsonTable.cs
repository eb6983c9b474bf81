using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Json;

/// <summary>One array of records, or the file's values, as a table.</summary>
internal sealed class JsonTable(string name, int number, JsonWalker walker, JsonTableFacts facts, HeaderChoice header, JsonRecords records) : ITable
{
    private readonly RowCells _cells = new(header.Labels.Count);
    private readonly JsonText _text = new();
    private string? _original;
    private bool _hasRow;

    public string Name => name;

    public IReadOnlyList<string> Labels => header.Labels;

    public IReadOnlyList<ReadDecision> Decisions => header.Decisions;

    public long Row => walker.Number;

    public string? Refusal { get; private set; }

    public ReadOnlySpan<char> Original => _hasRow ? _original ??= Encoding.UTF8.GetString(walker.Record.Span) : default;

    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (_hasRow = await records.NextAsync(number, cancellationToken))
        {
            _original = null;
            _cells.Clear();
            if (facts.Shape == JsonShape.Arrays && walker.Number < header.FirstDataRow && walker.Fault is null)
            {
                continue;
            }

            Refusal = Judge();
            if (Refusal is not null || _cells.HasContent)
            {
                return true;
            }
        }

        return false;
    }

    public ReadOnlySpan<char> Cell(int column) => _cells.Cell(column);

    public CellKind Kind(int column) => _cells.Kind(column);

    public string? Remark(int column) => _cells.Remark(column);

    /// <summary>Reads the record into cells, or says why it cannot be taken.</summary>
    private string? Judge()
    {
        var record = walker.Record.Span;
        if (walker.Fault is { } fault)
        {
            return $"line {walker.Line} is not valid JSON: {fault}";
        }

        if (!Utf8.IsValid(record))
        {
            return $"{Where} holds bytes that are not UTF-8; save the file as UTF-8";
        }

        try
        {
            return Read(record) ?? (_cells.Holds('\0') ? $"{Where} holds a NUL character, which is no text" : null);
        }
        catch (InvalidOperationException)
        {
            return $"{Where} holds half of a surrogate pair, such as \\ud83d alone, which is no text";
        }
    }

    private string Where => walker.IsLines ? $"line {walker.Line}" : $"record {walker.Number} (line {walker.Line})";

    private string? Read(ReadOnlySpan<byte> record)
    {
        var shape = record[0] switch { (byte)'{' => JsonShape.Objects, (byte)'[' => JsonShape.Arrays, _ => JsonShape.Scalars };
        if (record[0] == 'n')
        {
            return null;
        }

        if (shape != facts.Shape)
        {
            return $"{Where} is {One(shape)}, the records of this table are {Many(facts.Shape)}";
        }

        if (shape == JsonShape.Objects)
        {
            facts.Columns.Read(record, walker.Options, _cells);
            if (facts.HasKeys && walker.Key is { } key)
            {
                _cells.Set(0, key, CellKind.Text);
            }

            return null;
        }

        var reader = new Utf8JsonReader(record, walker.Options);
        reader.Read();
        if (shape == JsonShape.Scalars)
        {
            _text.Put(ref reader, 0, _cells);
            return null;
        }

        for (var column = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; column++)
        {
            _text.Put(ref reader, column, _cells);
        }

        return null;
    }

    private static string One(JsonShape shape) => shape switch { JsonShape.Objects => "an object", JsonShape.Arrays => "an array", _ => "a single value" };

    private static string Many(JsonShape shape) => shape switch { JsonShape.Objects => "objects", JsonShape.Arrays => "arrays", _ => "single values" };
}
