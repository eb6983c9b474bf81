using System.Text.Json;
using Flatfile.Agent.Handlers.Delimited;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Json;

/// <summary>What the first pass over a file learns of one of its tables.</summary>
internal sealed class JsonTableFacts(string separator)
{
    private const int HeaderSample = 200;

    private readonly JsonColumns _columns = new(separator);
    private readonly List<SampleRow> _sample = [];
    private readonly RowCells _sampled = new(1);
    private readonly JsonText _text = new();
    private int _width;

    public long Objects { get; private set; }

    public long Arrays { get; private set; }

    public long Scalars { get; private set; }

    public long Nulls { get; private set; }

    /// <summary>Its records are objects when any is, else arrays when any is.</summary>
    public JsonShape Shape => Objects > 0 ? JsonShape.Objects : Arrays > 0 ? JsonShape.Arrays : JsonShape.Scalars;

    /// <summary>Columns by path, for objects.</summary>
    public JsonColumns Columns => _columns;

    /// <summary>Notes a record.</summary>
    public void Learn(ReadOnlySpan<byte> record, long number, JsonReaderOptions options)
    {
        try
        {
            switch (record[0])
            {
                case (byte)'{':
                    Objects++;
                    _columns.Learn(record, options);
                    break;
                case (byte)'[':
                    Arrays++;
                    LearnArray(record, number, options);
                    break;
                case (byte)'n':
                    Nulls++;
                    break;
                default:
                    Scalars++;
                    break;
            }
        }
        catch (InvalidOperationException)
        {
            // A name or text that is no text: the second pass refuses this record by number.
        }
    }

    /// <summary>Records that each stand under a name of their own and are alike: a dictionary.</summary>
    public bool IsDictionary => Objects >= 3 && Arrays + Scalars + Nulls == 0 && _columns.AreAlike(Objects);

    /// <summary>The name each record stands under is its first column.</summary>
    public bool HasKeys { get; private set; }

    /// <summary>Ends the learning and names the columns.</summary>
    /// <param name="options">May name the header's row.</param>
    /// <param name="hasKeys">Each record stands under a name.</param>
    public HeaderChoice Close(ReadOptions options, bool hasKeys)
    {
        switch (Shape)
        {
            case JsonShape.Objects:
                HasKeys = hasKeys;
                _columns.Close(hasKeys ? 1 : 0);
                return new HeaderChoice(hasKeys ? ["key", .. _columns.Labels] : _columns.Labels, 1, []);
            case JsonShape.Arrays:
                return HeaderChoice.Of(_sample, _width, options);
            default:
                return new HeaderChoice(["value"], 1, []);
        }
    }

    private void LearnArray(ReadOnlySpan<byte> record, long number, JsonReaderOptions options)
    {
        var reader = new Utf8JsonReader(record, options);
        reader.Read();
        var row = _sample.Count < HeaderSample ? new List<string>() : null;
        var width = 0;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; width++)
        {
            if (width == TableLimits.Columns)
            {
                throw TableLimits.TooManyColumns();
            }

            if (row is null)
            {
                reader.Skip();
                continue;
            }

            _sampled.Clear();
            _text.Put(ref reader, 0, _sampled);
            row.Add(_sampled.Cell(0).ToString());
        }

        _width = Math.Max(_width, width);
        if (row is not null && row.Exists(c => c.Length > 0))
        {
            _sample.Add(new SampleRow(number, row));
        }
    }
}
