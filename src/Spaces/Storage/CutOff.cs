using System.Buffers.Binary;

namespace Flatfile.Spaces.Storage;

/// <summary>Whether a database file is shorter than it says it is. SQLite itself notices only when it comes to a missing page.</summary>
internal static class CutOff
{
    private const int HeaderLength = 100;

    /// <summary>Looks at the header only. While there is a log beside the file, the file may lack what the log holds.</summary>
    public static bool Is(string database)
    {
        var log = new FileInfo(database + "-wal");
        if (log is { Exists: true, Length: > 0 })
        {
            return false;
        }

        using var file = new FileStream(database, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var header = new byte[HeaderLength];
        if (file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength)
        {
            return file.Length > 0;
        }

        var pageSize = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(16)) is var small && small == 1 ? 65_536 : small;
        var pages = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(28));

        // The count is only kept up to date together with these two.
        var kept = header.AsSpan(24, 4).SequenceEqual(header.AsSpan(92, 4));
        return header.AsSpan().StartsWith("SQLite format 3\0"u8) && kept && pages * (long)pageSize > file.Length;
    }
}
