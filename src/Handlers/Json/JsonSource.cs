using System.Text.Json;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Json;

/// <summary>JSON as bytes of UTF-8, taken from the front value by value through a buffer that grows to one value only.</summary>
internal sealed class JsonSource(Stream stream)
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = TableLimits.JsonDepth };
    private static readonly JsonReaderOptions Lenient = Strict with { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private byte[] _buffer = new byte[128 * 1024];
    private int _start;
    private int _end;
    private bool _ended;
    private long _lineStart;

    /// <summary>Bytes taken.</summary>
    public long Position { get; private set; }

    /// <summary>Line of the next byte; the first is 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>True once a comment or a comma behind the last member was met, which strict JSON does not know.</summary>
    public bool IsLenient { get; private set; }

    /// <summary>How values of this source are parsed.</summary>
    public JsonReaderOptions Options => IsLenient ? Lenient : Strict;

    /// <summary>The next byte that is neither blank nor comment, not yet taken; null at the end.</summary>
    public async ValueTask<byte?> PeekAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            // A record separator (U+001E) stands before each value of a JSON text sequence.
            var blanks = _buffer.AsSpan(_start, _end - _start).IndexOfAnyExcept(" \t\r\n\u001E"u8);
            Consume(blanks < 0 ? _end - _start : blanks);
            if (blanks < 0)
            {
                if (!await FillAsync(cancellationToken))
                {
                    return null;
                }
            }
            else if (_buffer[_start] == '/')
            {
                await SkipCommentAsync(cancellationToken);
            }
            else
            {
                return _buffer[_start];
            }
        }
    }

    /// <summary>Takes the byte that was peeked at.</summary>
    public void Take() => Consume(1);

    /// <summary>Takes the whole value that begins here. Valid until the next call.</summary>
    /// <exception cref="UnreadableFileException">It is no JSON, is cut off, or is too long.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadValueAsync(CancellationToken cancellationToken)
    {
        int length;
        while (!TryMeasure(out length))
        {
            if (_end - _start >= TableLimits.JsonRecord)
            {
                throw TooLong("value");
            }

            await FillAsync(cancellationToken);
        }

        var value = _buffer.AsMemory(_start, length);
        Consume(length);
        return value;
    }

    /// <summary>Passes over the value that begins here, however long it is.</summary>
    public async ValueTask SkipValueAsync(CancellationToken cancellationToken)
    {
        var state = new JsonReaderState(Lenient);
        var (line, column) = (Line, Position - _lineStart);
        while (!SkipTokens(ref state, line, column))
        {
            if (_end - _start >= TableLimits.JsonRecord)
            {
                throw TooLong("value");
            }

            await FillAsync(cancellationToken);
        }
    }

    /// <summary>Takes a line without its end; null behind the last one. Valid until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadLineAsync(CancellationToken cancellationToken)
    {
        var searched = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0 || _ended)
            {
                var length = found < 0 ? _end - _start : searched + found;
                if (length == 0 && found < 0)
                {
                    return null;
                }

                var line = _buffer.AsMemory(_start, length);
                Consume(found < 0 ? length : length + 1);
                return line;
            }

            searched = _end - _start;
            if (searched >= TableLimits.JsonRecord)
            {
                throw TooLong("line");
            }

            await FillAsync(cancellationToken);
        }
    }

    /// <summary>The file is no JSON here.</summary>
    public UnreadableFileException Fault(string reason) => JsonFault.At(Line, Position - _lineStart + 1, reason);

    private bool TryMeasure(out int length)
    {
        var bytes = _buffer.AsSpan(_start, _end - _start);
        try
        {
            return TryMeasure(bytes, Options, out length);
        }
        catch (JsonException fault) when (!IsLenient)
        {
            IsLenient = true;
            try
            {
                return TryMeasure(bytes, Options, out length);
            }
            catch (JsonException)
            {
                IsLenient = false;
                throw Fault(fault, Line, Position - _lineStart);
            }
        }
        catch (JsonException fault)
        {
            throw Fault(fault, Line, Position - _lineStart);
        }
    }

    private bool TryMeasure(ReadOnlySpan<byte> bytes, JsonReaderOptions options, out int length)
    {
        var reader = new Utf8JsonReader(bytes, _ended, new JsonReaderState(options));
        var whole = reader.Read() && reader.TrySkip();
        length = (int)reader.BytesConsumed;
        return whole;
    }

    private bool SkipTokens(ref JsonReaderState state, long line, long column)
    {
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _ended, state);
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == 0 && reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject))
                {
                    Consume((int)reader.BytesConsumed);
                    return true;
                }
            }
        }
        catch (JsonException fault)
        {
            throw Fault(fault, line, column);
        }

        Consume((int)reader.BytesConsumed);
        state = reader.CurrentState;
        return false;
    }

    /// <summary>The parser counts lines and columns from where the value begins.</summary>
    private static UnreadableFileException Fault(JsonException fault, long line, long column)
    {
        var lines = fault.LineNumber ?? 0;
        return JsonFault.At(line + lines, (fault.BytePositionInLine ?? 0) + 1 + (lines == 0 ? column : 0), JsonFault.Reason(fault));
    }

    private UnreadableFileException TooLong(string what) => new(
        $"The {what} that begins in line {Line} of this file is longer than {TableLimits.JsonRecord / 1024 / 1024} MB, the limit for one record. Check that its brackets and quotes are closed, or give the reading option 'recordPath' for the records inside.");

    private async ValueTask SkipCommentAsync(CancellationToken cancellationToken)
    {
        IsLenient = true;
        while (_end - _start < 2 && await FillAsync(cancellationToken))
        {
        }

        var isBlock = _end - _start > 1 && _buffer[_start + 1] == '*';
        if (!isBlock && (_end - _start < 2 || _buffer[_start + 1] != '/'))
        {
            throw Fault("'/' stands where a value is expected");
        }

        Consume(2);
        var end = isBlock ? "*/"u8.ToArray() : "\n"u8.ToArray();
        while (true)
        {
            var found = _buffer.AsSpan(_start, _end - _start).IndexOf(end);
            if (found >= 0)
            {
                Consume(found + end.Length);
                return;
            }

            Consume(Math.Max(0, _end - _start - (end.Length - 1)));
            if (!await FillAsync(cancellationToken))
            {
                Consume(_end - _start);
                return;
            }
        }
    }

    private void Consume(int length)
    {
        var taken = _buffer.AsSpan(_start, length);
        if (taken.LastIndexOf((byte)'\n') is var last and >= 0)
        {
            Line += taken.Count((byte)'\n');
            _lineStart = Position + last + 1;
        }

        _start += length;
        Position += length;
    }

    /// <returns>False at the end of the stream.</returns>
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_ended)
        {
            return false;
        }

        var kept = _end - _start;
        var target = kept > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        _buffer.AsSpan(_start, kept).CopyTo(target);
        (_buffer, _start, _end) = (target, 0, kept);
        var room = _buffer.Length - kept;
        var read = await stream.ReadAtLeastAsync(_buffer.AsMemory(kept, room), room, throwOnEndOfStream: false, cancellationToken);
        _end += read;
        _ended = read < room;
        return true;
    }
}
