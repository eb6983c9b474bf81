using System.Text;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Spreadsheets.Package;

/// <summary>A window on the bytes of a part, in UTF-8 where they are text, moved forward item by item; it grows to one item and no further.</summary>
internal sealed class PartBuffer : IAsyncDisposable
{
    private const int FirstLength = 256 * 1024;
    private const int MaxItem = 32 * 1024 * 1024;
    private const int HeadLength = 256;

    private readonly PartStream _part;
    private readonly Stream _utf8;
    private byte[] _buffer = new byte[FirstLength];
    private int _start;
    private int _end;

    private PartBuffer(PartStream part, Stream utf8, string name, ReadOnlySpan<byte> head)
    {
        _part = part;
        _utf8 = utf8;
        Name = name;
        head.CopyTo(_buffer);
        _end = head.Length;
    }

    /// <summary>The part's name, for messages.</summary>
    public string Name { get; }

    /// <summary>Unpacked bytes read so far.</summary>
    public long Count => _part.Count;

    /// <summary>What has been read and not passed over.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Opens a part; one in UTF-16 or Latin-1 is turned into UTF-8 on the way.</summary>
    /// <exception cref="UnreadableFileException">It is in another encoding.</exception>
    public static async ValueTask<PartBuffer> OpenAsync(PartStream part, string name, CancellationToken cancellationToken)
    {
        var head = new byte[HeadLength];
        var length = await part.ReadAtLeastAsync(head, HeadLength, throwOnEndOfStream: false, cancellationToken);
        if (EncodingOf(head.AsSpan(0, length), name) is { } encoding)
        {
            var whole = new HeadedStream(head.AsMemory(0, length), part);
            return new PartBuffer(part, Encoding.CreateTranscodingStream(whole, encoding, Encoding.UTF8), name, default);
        }

        return new PartBuffer(part, part, name, head.AsSpan(0, length));
    }

    /// <summary>Opens a part that is no text.</summary>
    public static PartBuffer OpenBinary(PartStream part, string name) => new(part, part, name, default);

    /// <summary>Passes over bytes.</summary>
    public void Advance(int count) => _start += count;

    /// <summary>Reads more.</summary>
    /// <returns>False when the part has no more.</returns>
    /// <exception cref="UnreadableFileException">The part is damaged, expands too far, or holds an endless item.</exception>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            Bytes.CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end > _buffer.Length / 2)
        {
            if (_end > MaxItem)
            {
                throw new UnreadableFileException($"The part {Name} of this workbook holds a row or text longer than {MaxItem / 1024 / 1024} MB, which no spreadsheet program writes. Save the workbook anew and upload it again.");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        // To the brim, so that a long item is looked through again only when the buffer has doubled.
        var before = _end;
        while (_end < _buffer.Length && await _utf8.ReadAsync(_buffer.AsMemory(_end), cancellationToken) is > 0 and var read)
        {
            _end += read;
        }

        return _end > before;
    }

    /// <summary>Reads what is left, so that the part's checksum is looked at.</summary>
    /// <exception cref="UnreadableFileException">The part is damaged.</exception>
    public async ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        Advance(Bytes.Length);
        while (await FillAsync(cancellationToken))
        {
            Advance(Bytes.Length);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _utf8.DisposeAsync();
        await _part.DisposeAsync();
    }

    /// <returns>Null for UTF-8.</returns>
    private static Encoding? EncodingOf(ReadOnlySpan<byte> head, string name)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith("<\0"u8))
        {
            return Encoding.Unicode;
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || head.StartsWith("\0<"u8))
        {
            return Encoding.BigEndianUnicode;
        }

        var end = head.IndexOf("?>"u8);
        var at = head.IndexOf("encoding="u8) + "encoding=".Length;
        if (end < 0 || at < "encoding=".Length || at >= end)
        {
            return null;
        }

        var length = head[(at + 1)..].IndexOf(head[at]);
        var label = Encoding.ASCII.GetString(head.Slice(at + 1, Math.Max(0, length)));
        return label.ToUpperInvariant() switch
        {
            "UTF-8" or "UTF8" or "US-ASCII" or "ASCII" or "" => null,
            "ISO-8859-1" or "LATIN1" => Encoding.Latin1,
            _ => throw new UnreadableFileException($"The part {name} of this workbook is written in {label}, which no spreadsheet program uses for it. Save the workbook anew and upload it again."),
        };
    }
}
