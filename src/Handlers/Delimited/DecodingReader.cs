using System.Buffers;
using System.Text;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Text from a stream of bytes whose encoding it finds itself. Reads forward only, in a buffer of fixed size.</summary>
/// <remarks>
/// A file that is ASCII over the first buffer stays undecided: at the first other byte the next buffer decides. What was read until
/// then is the same in every candidate, so nothing has to be taken back. Every decision depends on the bytes alone, never on how they arrive.
/// </remarks>
internal sealed class DecodingReader : TextReader
{
    public const int SampleSize = 256 * 1024;

    private readonly Stream _stream;
    private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(SampleSize);
    private readonly MarkingFallback _fallback = new();
    private SniffedEncoding _encoding = null!;
    private Decoder _decoder = null!;
    private int _start;
    private int _end;
    private bool _streamEnded;
    private bool _flushed;
    private bool _disposed;

    private DecodingReader(Stream stream) => _stream = stream;

    /// <summary>As a person knows it.</summary>
    public SniffedEncoding Encoding => _encoding;

    /// <summary>True once bytes were met that the encoding does not know; they read as <see cref="MarkingFallback.Mark"/>.</summary>
    public bool SawUndecodableBytes => _fallback.Seen;

    /// <summary>Reads the first buffer and finds the encoding.</summary>
    /// <exception cref="UnreadableFileException">The file is empty or not text.</exception>
    public static async Task<DecodingReader> OpenAsync(Stream stream, string? encoding, CancellationToken cancellationToken)
    {
        var reader = new DecodingReader(stream);
        await reader.FillAsync(cancellationToken);
        if (reader._end == 0)
        {
            throw new UnreadableFileException("This file is empty: it has no bytes at all. Upload a file with a header and rows.");
        }

        reader.Decide(EncodingSniffer.Sniff(reader._bytes.AsSpan(0, reader._end), reader._streamEnded, reader._fallback, encoding));
        reader._start = reader._encoding.PreambleLength;
        return reader;
    }

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            if (_start == _end && !_streamEnded)
            {
                await FillAsync(cancellationToken);
            }

            var length = _end - _start;
            if (!_encoding.Decided)
            {
                var beyondAscii = _bytes.AsSpan(_start, length).IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
                if (beyondAscii == 0)
                {
                    await FillAsync(cancellationToken);
                    Decide(EncodingSniffer.WithoutNuls(_bytes.AsSpan(0, _end), _streamEnded, _fallback));
                    continue;
                }

                length = beyondAscii < 0 ? length : beyondAscii;
            }

            var last = _streamEnded && length == _end - _start;
            if (length == 0 && _flushed)
            {
                return 0;
            }

            _decoder.Convert(_bytes.AsSpan(_start, length), buffer.Span, last, out var used, out var written, out var completed);
            _start += used;
            _flushed = last && completed;
            if (written > 0 || _flushed)
            {
                return written;
            }
        }

        return 0;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _stream.Dispose();
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        base.Dispose(disposing);
    }

    private void Decide(SniffedEncoding encoding)
    {
        _encoding = encoding;
        _decoder = encoding.Encoding.GetDecoder();
    }

    /// <summary>Moves what is left to the front and fills the buffer to the brim, so that its content depends on the position only.</summary>
    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
        _end -= _start;
        _start = 0;
        var room = SampleSize - _end;
        var read = await _stream.ReadAtLeastAsync(_bytes.AsMemory(_end, room), room, throwOnEndOfStream: false, cancellationToken);
        _end += read;
        _streamEnded |= read < room;
    }
}
