using System.Buffers;
using System.Text;

namespace Flatfile.Agent.Core.Drivers.SpacesStream;

/// <summary>Reads server-sent events block by block, no further than asked: who reads slowly makes the server wait.</summary>
internal sealed class ServerSentBlocks(Stream stream, int maxBytes) : IAsyncDisposable
{
    private readonly byte[] _chunk = new byte[16 * 1024];
    private readonly ArrayBufferWriter<byte> _data = new();
    private ArrayBufferWriter<byte> _line = new();
    private int _next;
    private int _end;
    private bool _isCut;

    /// <summary>The next block; null when the stream has ended. Of a block that came in half, nothing was seen.</summary>
    public async ValueTask<ServerSentBlock?> NextAsync(CancellationToken cancellationToken)
    {
        string? id = null;
        var hasData = false;
        _data.ResetWrittenCount();
        _isCut = false;
        while (await ReadLineAsync(cancellationToken).ConfigureAwait(false))
        {
            var line = _line.WrittenSpan;
            line = line.EndsWith("\r"u8) ? line[..^1] : line;
            if (line.IsEmpty)
            {
                return new ServerSentBlock(id, hasData ? _data.WrittenSpan.ToArray() : null, _isCut);
            }

            if (Value(line, "id"u8, out var value))
            {
                id = Encoding.UTF8.GetString(value);
            }
            else if (Value(line, "data"u8, out value))
            {
                if (hasData)
                {
                    _data.Write("\n"u8);
                }

                Write(_data, value);
                hasData = true;
            }
        }

        return null;
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    /// <summary>The next line without its end; false when there is none any more.</summary>
    private async ValueTask<bool> ReadLineAsync(CancellationToken cancellationToken)
    {
        if (_line.Capacity > maxBytes / 4)
        {
            // One large event does not keep its memory for ever.
            _line = new ArrayBufferWriter<byte>();
        }

        _line.ResetWrittenCount();
        while (true)
        {
            var rest = _chunk.AsMemory(_next, _end - _next);
            var end = rest.Span.IndexOf((byte)'\n');
            Write(_line, rest.Span[..(end < 0 ? rest.Length : end)]);
            _next = end < 0 ? _end : _next + end + 1;
            if (end >= 0)
            {
                return true;
            }

            _next = 0;
            _end = await stream.ReadAsync(_chunk, cancellationToken).ConfigureAwait(false);
            if (_end == 0)
            {
                return false;
            }
        }
    }

    private void Write(ArrayBufferWriter<byte> target, ReadOnlySpan<byte> bytes)
    {
        var room = maxBytes - target.WrittenCount;
        if (bytes.Length > room)
        {
            _isCut = true;
            bytes = bytes[..Math.Max(0, room)];
        }

        target.Write(bytes);
    }

    private static bool Value(ReadOnlySpan<byte> line, ReadOnlySpan<byte> field, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!line.StartsWith(field) || (line.Length > field.Length && line[field.Length] != ':'))
        {
            return false;
        }

        value = line.Length > field.Length ? line[(field.Length + 1)..] : default;
        value = value.StartsWith(" "u8) ? value[1..] : value;
        return true;
    }
}
