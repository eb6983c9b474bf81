using System.Text;
using System.Text.Json;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Json;

/// <summary>Walks through a file and stops at each record. The same bytes give the same records each time.</summary>
/// <param name="source">From the file's start.</param>
/// <param name="layout">How the records stand in the file.</param>
/// <param name="path">Where they stand; null for every array that no other array holds.</param>
internal sealed class JsonWalker(JsonSource source, JsonLayout layout, JsonPath? path)
{
    private const int NotedNames = 20;

    private readonly Stack<Place> _places = new();
    private readonly List<string> _tables = [];
    private readonly List<string> _beside = [];
    private bool _begun;
    private bool _ended;

    /// <summary>Where the tables met so far stand: <c>data.items</c>, empty for the file itself.</summary>
    public IReadOnlyList<string> Tables => _tables;

    /// <summary>Names of values that stand beside the tables and belong to none; the first ones.</summary>
    public IReadOnlyList<string> Beside => _beside;

    /// <summary>True when a document is followed by a further value.</summary>
    public bool HasMoreValues { get; private set; }

    /// <summary>The current record's table, as an index into <see cref="Tables"/>.</summary>
    public int Table { get; private set; }

    /// <summary>The current record; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Record { get; private set; }

    /// <summary>The record's number in its table, or its line where each line is a record; the first is 1.</summary>
    public long Number { get; private set; }

    /// <summary>The member's name the record stands under, where the path takes any name; null otherwise.</summary>
    public string? Key { get; private set; }

    /// <summary>The line the record begins on.</summary>
    public long Line { get; private set; }

    /// <summary>Why the record's line is no JSON; null when it is.</summary>
    public string? Fault { get; private set; }

    /// <summary>Each line is a record.</summary>
    public bool IsLines => layout == JsonLayout.Lines;

    /// <summary>How the current record is parsed.</summary>
    public JsonReaderOptions Options => source.Options;

    /// <summary>Moves to the next record.</summary>
    /// <exception cref="UnreadableFileException">The rest of the file cannot be read.</exception>
    public ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        if (!_begun && layout != JsonLayout.Document)
        {
            _tables.Add("");
        }

        return layout switch
        {
            JsonLayout.Lines => NextLineAsync(cancellationToken),
            JsonLayout.Values => NextValueAsync(cancellationToken),
            _ => NextInDocumentAsync(cancellationToken),
        };
    }

    private async ValueTask<bool> NextLineAsync(CancellationToken cancellationToken)
    {
        _begun = true;
        while (true)
        {
            Line = source.Line;
            if (await source.ReadLineAsync(cancellationToken) is not { } line)
            {
                return false;
            }

            if (line.Span.IndexOfAnyExcept(" \t\r\u001E"u8) is var start and >= 0)
            {
                (Number, Record) = (Line, line[start..]);
                Fault = JsonLines.FaultOf(Record.Span);
                return true;
            }
        }
    }

    private async ValueTask<bool> NextValueAsync(CancellationToken cancellationToken)
    {
        _begun = true;
        if (await source.PeekAsync(cancellationToken) is null)
        {
            return false;
        }

        return await TakeRecordAsync(0, Number + 1, cancellationToken);
    }

    private async ValueTask<bool> NextInDocumentAsync(CancellationToken cancellationToken)
    {
        if (!_begun)
        {
            _begun = true;
            if (path is not null)
            {
                _tables.Add(path.Text);
            }

            if (await source.PeekAsync(cancellationToken) is { } first && await EnterAsync(first, "", path?.Wanted, cancellationToken))
            {
                return true;
            }
        }

        while (true)
        {
            if (!_places.TryPeek(out var place))
            {
                if (_ended || await source.PeekAsync(cancellationToken) is not { } another)
                {
                    return false;
                }

                // A path goes through every value of the file; without one, several values are several records.
                (HasMoreValues, _ended) = (true, path is null);
                if (_ended || await EnterAsync(another, "", path!.Wanted, cancellationToken))
                {
                    return !_ended;
                }

                continue;
            }

            if (await source.PeekAsync(cancellationToken) is not { } next)
            {
                throw source.Fault("the file ends before its brackets are closed");
            }

            if (next == place.End)
            {
                source.Take();
                _places.Pop();
            }
            else if (place.NeedsComma)
            {
                if (next != ',')
                {
                    throw source.Fault($"a ',' or '{(char)place.End}' is missing");
                }

                source.Take();
                place.NeedsComma = false;
            }
            else
            {
                place.NeedsComma = true;
                if (await StepAsync(place, next, cancellationToken))
                {
                    return true;
                }
            }
        }

    }

    /// <summary>Moves over one member or element.</summary>
    /// <returns>True when it is a record.</returns>
    private async ValueTask<bool> StepAsync(Place place, byte next, CancellationToken cancellationToken)
    {
        if (place.End == ']')
        {
            return place.Wanted is { Length: > 0 } inner
                ? await EnterAsync(next, place.Path, inner, cancellationToken)
                : await TakeRecordAsync(place.Table, path is null ? ++place.Count : Number + 1, cancellationToken);
        }

        if (next != '"')
        {
            throw source.Fault("the name of a member is missing");
        }

        var name = NameOf(await source.ReadValueAsync(cancellationToken));
        if (await source.PeekAsync(cancellationToken) is not (byte)':')
        {
            throw source.Fault("a ':' is missing behind the name of a member");
        }

        source.Take();
        if (await source.PeekAsync(cancellationToken) is not { } value)
        {
            throw source.Fault("the file ends behind the name of a member");
        }

        var inside = place.Path.Length == 0 ? name : $"{place.Path}.{name}";
        if (place.Wanted is not { } wanted)
        {
            return await EnterAsync(value, inside, null, cancellationToken);
        }

        if (JsonPath.Behind(wanted, name) is { } rest)
        {
            Key = wanted == "*" ? name : null;
            return await EnterAsync(value, inside, rest, cancellationToken);
        }

        await source.SkipValueAsync(cancellationToken);
        return false;
    }

    /// <summary>Enters an array or object on the way to records, or takes the value as a record when the way ends here.</summary>
    private async ValueTask<bool> EnterAsync(byte first, string at, string? wanted, CancellationToken cancellationToken)
    {
        if (first == '[')
        {
            source.Take();
            Push(new Place(']', at, wanted, wanted is null ? Open(at) : 0));
            return false;
        }

        if (first == '{' && wanted is not "")
        {
            source.Take();
            Push(new Place('}', at, wanted, 0));
            return false;
        }

        if (wanted is "")
        {
            return await TakeRecordAsync(0, Number + 1, cancellationToken);
        }

        await source.ReadValueAsync(cancellationToken);
        if (wanted is null && _beside.Count < NotedNames)
        {
            _beside.Add(at);
        }

        return false;
    }

    private int Open(string at)
    {
        if (_tables.Count == TableLimits.Tables)
        {
            throw TableLimits.TooManyTables("Give the reading option 'recordPath' for the records you mean, such as 'data.items' or, for any name, 'data.*.items'.");
        }

        _tables.Add(at);
        return _tables.Count - 1;
    }

    private void Push(Place place)
    {
        if (_places.Count == TableLimits.JsonDepth)
        {
            throw source.Fault($"it is nested more than {TableLimits.JsonDepth} levels deep");
        }

        _places.Push(place);
    }

    private async ValueTask<bool> TakeRecordAsync(int table, long number, CancellationToken cancellationToken)
    {
        (Table, Number, Line) = (table, number, source.Line);
        Record = await source.ReadValueAsync(cancellationToken);
        return true;
    }

    private string NameOf(ReadOnlyMemory<byte> quoted)
    {
        var reader = new Utf8JsonReader(quoted.Span);
        try
        {
            reader.Read();
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Only a label: what is not text in it may be shown as such.
            return Encoding.UTF8.GetString(quoted.Span[1..^1]);
        }
    }

    /// <summary>An array or object on the way.</summary>
    private sealed class Place(char end, string path, string? wanted, int table)
    {
        public byte End { get; } = (byte)end;

        public string Path { get; } = path;

        public string? Wanted { get; } = wanted;

        public int Table { get; } = table;

        public bool NeedsComma { get; set; }

        public long Count { get; set; }
    }
}
