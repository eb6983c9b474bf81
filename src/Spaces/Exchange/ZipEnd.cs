using System.Buffers.Binary;

namespace Flatfile.Spaces.Exchange;

/// <summary>Looks at the end of a ZIP before its directory is read: the directory is held in memory, so a forged one must not be long.</summary>
internal static class ZipEnd
{
    private const int Length = 22;
    private const int LocatorLength = 20;
    private const int WideLength = 56;
    private const uint Signature = 0x06054b50;
    private const uint LocatorSignature = 0x07064b50;
    private const uint WideSignature = 0x06064b50;
    private const long LongestDirectory = 32 * 1024 * 1024;

    /// <summary>Refuses what is no ZIP as this program writes it, and one whose directory is too long.</summary>
    public static void Check(Stream file)
    {
        if (file.Length < Length)
        {
            throw ArchiveFault.Broken("it is no ZIP");
        }

        var tail = Read(file, Math.Max(0, file.Length - Length - LocatorLength), (int)Math.Min(file.Length, Length + LocatorLength));
        var end = tail.AsSpan(tail.Length - Length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(end) != Signature)
        {
            throw ArchiveFault.Broken("it is no ZIP, or its end is missing");
        }

        long start = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
        var upTo = file.Length - Length;
        if (tail.Length > Length && BinaryPrimitives.ReadUInt32LittleEndian(tail) == LocatorSignature)
        {
            var wideAt = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(8));
            if (wideAt < 0 || wideAt > file.Length - Length - LocatorLength - WideLength)
            {
                throw ArchiveFault.Broken("its end points outside of it");
            }

            var wide = Read(file, wideAt, WideLength);
            if (BinaryPrimitives.ReadUInt32LittleEndian(wide) != WideSignature)
            {
                throw ArchiveFault.Broken("its end is damaged");
            }

            start = BinaryPrimitives.ReadInt64LittleEndian(wide.AsSpan(48));
            length = BinaryPrimitives.ReadInt64LittleEndian(wide.AsSpan(40));
            upTo = wideAt;
        }

        // The reader goes on from the start as long as it finds entries, whatever the count says: the room they have is what counts.
        if (start < 0 || length < 0 || start + length != upTo)
        {
            throw ArchiveFault.Broken("its directory is not where its end says");
        }

        if (length > LongestDirectory)
        {
            throw ArchiveFault.TooLarge("The archive's directory", LongestDirectory);
        }
    }

    private static byte[] Read(Stream file, long at, int length)
    {
        var bytes = new byte[length];
        file.Position = at;
        file.ReadExactly(bytes);
        return bytes;
    }
}
