using System.Text.Json;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Export;

/// <summary>The rows of a sheet out of one answer of JSON lines, one at a time: a picture of the sheet at one moment, whatever is changed meanwhile.</summary>
internal sealed class RowLines : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly byte[][] _keys;
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private byte[] _buffer = new byte[128 * 1024];
    private int _start;
    private int _end;
    private bool _isOver;

    private RowLines(Stream stream, IReadOnlyList<string> keys, string listSeparator)
    {
        _stream = stream;
        _keys = [.. keys.Select(System.Text.Encoding.UTF8.GetBytes)];
        for (var column = 0; column < keys.Count; column++)
        {
            _columns[keys[column]] = column;
        }

        Row = new ExportRow(keys.Count, listSeparator);
    }

    /// <summary>The current row; changes with each <see cref="ReadAsync"/>.</summary>
    public ExportRow Row { get; }

    /// <summary>Asks for the rows.</summary>
    /// <param name="client">Whom.</param>
    /// <param name="sheetId">Of which sheet.</param>
    /// <param name="query">Which rows, and what beside their values.</param>
    /// <param name="keys">The fields that become the columns.</param>
    /// <param name="listSeparator">Between the elements of a list that becomes text.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<RowLines> OpenAsync(
        FlatfileClient client, string sheetId, RecordLinesQuery query, IReadOnlyList<string> keys, string listSeparator, CancellationToken cancellationToken) =>
        new(await client.Records.OpenLinesAsync(sheetId, query, cancellationToken), keys, listSeparator);

    /// <summary>Moves to the next row.</summary>
    /// <returns>False behind the last one.</returns>
    /// <exception cref="IOException">The answer broke off.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        for (var searched = 0; ;)
        {
            var at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (at >= 0 || (_isOver && _end > _start))
            {
                var length = at >= 0 ? searched + at : _end - _start;
                var line = _buffer.AsMemory(_start, length);
                _start += Math.Min(length + 1, _end - _start);
                searched = 0;
                if (!line.Span.IsEmpty)
                {
                    Parse(line);
                    return true;
                }

                continue;
            }

            if (_isOver)
            {
                return false;
            }

            searched = _end - _start;
            await FillAsync(cancellationToken);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _isOver = read == 0;
        _end += read;
    }

    private void Parse(ReadOnlyMemory<byte> line)
    {
        Row.Clear(line);
        var reader = new Utf8JsonReader(line.Span);
        reader.Read();
        var next = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isReserved = reader.ValueSpan.StartsWith("__"u8);
            if (!isReserved && Column(ref reader, ref next) is >= 0 and var column)
            {
                reader.Read();
                Row.Set(column, ref reader);
            }
            else if (reader.ValueTextEquals("__k"u8))
            {
                reader.Read();
                Row.Id = reader.GetString() ?? "";
            }
            else if (reader.ValueTextEquals("__i"u8))
            {
                reader.Read();
                Messages(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
    }

    /// <summary>Cells come in the order of the fields, empty ones left out: the next one is near.</summary>
    private int Column(ref Utf8JsonReader reader, ref int next)
    {
        const int Near = 4;
        for (var column = next; column < Math.Min(_keys.Length, next + Near); column++)
        {
            if (reader.ValueTextEquals(_keys[column]))
            {
                next = column + 1;
                return column;
            }
        }

        if (!_columns.TryGetValue(reader.GetString()!, out var found))
        {
            return -1;
        }

        next = found + 1;
        return found;
    }

    private void Messages(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var (field, text, level) = ("", "", "error");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString();
                reader.Read();
                switch (name)
                {
                    case "x":
                        field = reader.GetString() ?? "";
                        break;
                    case "m":
                        text = reader.GetString() ?? "";
                        break;
                    case "type":
                        level = reader.GetString() ?? level;
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }

            if (_columns.TryGetValue(field, out var column))
            {
                Row.Add(new ExportMessage(column, level, text));
            }
        }
    }
}
