using System.Buffers.Binary;
using System.Text;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Archives;

/// <summary>A ZIP's table of contents, read before anything else of it, so that one made to do harm is refused unopened.</summary>
internal static class ZipDirectory
{
    private const uint EndMark = 0x06054B50;
    private const uint End64Mark = 0x06064B50;
    private const uint Locator64Mark = 0x07064B50;
    private const uint EntryMark = 0x02014B50;
    private const int EndLength = 22;
    private const int LocalHeaderLength = 30;

    private static readonly Encoding Utf8 = NamedEncoding.Find("utf-8")!;
    private static readonly Encoding Dos = CodePagesEncodingProvider.Instance.GetEncoding(437)!;

    /// <summary>Its entries in the order they are listed.</summary>
    /// <exception cref="UnreadableFileException">It is damaged, lists too many entries, or lists bytes twice.</exception>
    public static async Task<IReadOnlyList<ZipEntryFacts>> ReadAsync(Stream archive, CancellationToken cancellationToken)
    {
        var (count, offset, end) = await FindAsync(archive, cancellationToken);
        if (count > ArchiveLimits.Entries || end - offset > ArchiveLimits.Directory)
        {
            throw new UnreadableFileException($"This archive holds more than {ArchiveLimits.Entries:N0} files, the limit. Split it into smaller archives.");
        }

        if (offset < 0 || end > archive.Length || offset > end)
        {
            throw Damaged();
        }

        var bytes = new byte[end - offset];
        archive.Position = offset;
        await archive.ReadExactlyAsync(bytes, cancellationToken);
        var entries = Parse(bytes, ArchiveLimits.Entries);
        if (entries.Count != count)
        {
            throw Damaged();
        }

        CheckOverlap(entries, offset);
        return entries;
    }

    private static async Task<(long Count, long Offset, long End)> FindAsync(Stream archive, CancellationToken cancellationToken)
    {
        var tail = new byte[(int)Math.Min(archive.Length, EndLength + ushort.MaxValue)];
        archive.Position = archive.Length - tail.Length;
        await archive.ReadExactlyAsync(tail, cancellationToken);
        for (var at = tail.Length - EndLength; at >= 0; at--)
        {
            if (UInt32(tail, at) != EndMark)
            {
                continue;
            }

            var (count, size, offset) = (UInt16(tail, at + 10), UInt32(tail, at + 12), UInt32(tail, at + 16));
            return count == ushort.MaxValue || size == uint.MaxValue || offset == uint.MaxValue
                ? await Find64Async(archive, archive.Length - tail.Length + at, cancellationToken)
                : (count, offset, offset + (long)size);
        }

        throw Damaged();
    }

    private static async Task<(long Count, long Offset, long End)> Find64Async(Stream archive, long end, CancellationToken cancellationToken)
    {
        var locator = await BytesAsync(archive, end - 20, 20, cancellationToken);
        if (UInt32(locator, 0) != Locator64Mark)
        {
            throw Damaged();
        }

        var record = await BytesAsync(archive, Int64(locator, 8), 56, cancellationToken);
        var (count, size, offset) = (Int64(record, 32), Int64(record, 40), Int64(record, 48));
        return UInt32(record, 0) == End64Mark && count >= 0 && size >= 0 && offset >= 0 && offset <= archive.Length && size <= archive.Length
            ? (count, offset, offset + size)
            : throw Damaged();
    }

    private static async Task<byte[]> BytesAsync(Stream archive, long offset, int length, CancellationToken cancellationToken)
    {
        if (offset < 0 || offset > archive.Length - length)
        {
            throw Damaged();
        }

        var bytes = new byte[length];
        archive.Position = offset;
        await archive.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private static List<ZipEntryFacts> Parse(byte[] bytes, int limit)
    {
        var entries = new List<ZipEntryFacts>();
        for (var at = 0; at + 46 <= bytes.Length && entries.Count <= limit && UInt32(bytes, at) == EntryMark;)
        {
            var (nameLength, extraLength, commentLength) = (UInt16(bytes, at + 28), UInt16(bytes, at + 30), UInt16(bytes, at + 32));
            var next = at + 46 + nameLength + extraLength + commentLength;
            if (next > bytes.Length)
            {
                throw Damaged();
            }

            var name = bytes.AsSpan(at + 46, nameLength);
            var (unpacked, packed, offset) = Sizes(bytes.AsSpan(at), bytes.AsSpan(at + 46 + nameLength, extraLength));
            entries.Add(new ZipEntryFacts(Decode(name), packed, unpacked, offset, UInt16(bytes, at + 10), UInt16(bytes, at + 8), UInt32(bytes, at + 38), nameLength));
            at = next;
        }

        return entries;
    }

    /// <summary>Sizes and offset, from the extra field where they do not fit into the record.</summary>
    private static (long Unpacked, long Packed, long Offset) Sizes(ReadOnlySpan<byte> record, ReadOnlySpan<byte> extra)
    {
        long packed = UInt32(record, 20), unpacked = UInt32(record, 24), offset = UInt32(record, 42);
        while (extra.Length >= 4)
        {
            var length = UInt16(extra, 2);
            if (length > extra.Length - 4)
            {
                break;
            }

            if (UInt16(extra, 0) == 1)
            {
                var field = extra.Slice(4, length);
                unpacked = Take(ref field, unpacked);
                packed = Take(ref field, packed);
                offset = Take(ref field, offset);
            }

            extra = extra[(4 + length)..];
        }

        return unpacked >= 0 && packed >= 0 && offset >= 0 ? (unpacked, packed, offset) : throw Damaged();
    }

    private static long Take(ref ReadOnlySpan<byte> field, long value)
    {
        if (value != uint.MaxValue || field.Length < 8)
        {
            return value;
        }

        var wide = BinaryPrimitives.ReadInt64LittleEndian(field);
        field = field[8..];
        return wide;
    }

    /// <summary>Two entries that share bytes make a small file unpack to a huge one.</summary>
    private static void CheckOverlap(IEnumerable<ZipEntryFacts> entries, long directory)
    {
        var end = 0L;
        foreach (var entry in entries.OrderBy(e => e.Offset))
        {
            if (entry.Offset < end)
            {
                throw new UnreadableFileException("The files in this archive overlap, as in archives made to do harm. Pack the files again and upload the new archive.");
            }

            end = entry.Offset + LocalHeaderLength + entry.NameLength + entry.Packed;
        }

        if (end > directory)
        {
            throw Damaged();
        }
    }

    private static string Decode(ReadOnlySpan<byte> name)
    {
        try
        {
            return Utf8.GetString(name);
        }
        catch (DecoderFallbackException)
        {
            return Dos.GetString(name);
        }
    }

    private static UnreadableFileException Damaged() =>
        new("This archive is damaged or cut off: its table of contents cannot be read. Download or pack it again, and upload it again.");

    private static ushort UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint UInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long Int64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
