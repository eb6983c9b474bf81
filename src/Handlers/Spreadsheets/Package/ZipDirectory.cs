using System.Buffers.Binary;

namespace Flatfile.Agent.Handlers.Spreadsheets.Package;

/// <summary>How long a ZIP archive's list of entries is, before it is read into memory.</summary>
/// <param name="Entries">As the archive tells it.</param>
/// <param name="Length">Bytes from the list's beginning to its end record: what the list can be at most, whatever the archive tells.</param>
internal sealed record ZipDirectory(long Entries, long Length)
{
    private const int EndLength = 22;
    private const int MaxComment = 65535;
    private const int LocatorLength = 20;
    private const int BigEndLength = 56;

    /// <summary>Finds the record at the archive's end.</summary>
    /// <param name="file">Seekable; left somewhere.</param>
    /// <returns>Null when there is none.</returns>
    public static ZipDirectory? Find(Stream file)
    {
        var tail = new byte[(int)Math.Min(file.Length, EndLength + MaxComment)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || at + EndLength > tail.Length)
        {
            return null;
        }

        var end = file.Length - tail.Length + at;
        long entries = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 10));
        long start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 16));
        if ((entries == ushort.MaxValue || start == uint.MaxValue) && end >= LocatorLength && FindBig(file, end) is { } big)
        {
            (entries, start) = big;
        }

        return start < 0 || start > end ? null : new ZipDirectory(entries, end - start);
    }

    private static (long Entries, long Start)? FindBig(Stream file, long end)
    {
        Span<byte> locator = stackalloc byte[LocatorLength];
        file.Position = end - LocatorLength;
        file.ReadExactly(locator);
        var at = BinaryPrimitives.ReadInt64LittleEndian(locator[8..]);
        if (!locator.StartsWith("PK\u0006\u0007"u8) || at < 0 || at > file.Length - BigEndLength)
        {
            return null;
        }

        Span<byte> record = stackalloc byte[BigEndLength];
        file.Position = at;
        file.ReadExactly(record);
        return record.StartsWith("PK\u0006\u0006"u8)
            ? (BinaryPrimitives.ReadInt64LittleEndian(record[32..]), BinaryPrimitives.ReadInt64LittleEndian(record[48..]))
            : null;
    }
}
