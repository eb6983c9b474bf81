namespace Flatfile.Agent.Handlers.Archives;

/// <summary>What an archive may unpack to.</summary>
internal static class ArchiveLimits
{
    /// <summary>Entries of one archive.</summary>
    public const int Entries = 10_000;

    /// <summary>Bytes of an archive's table of contents.</summary>
    public const int Directory = 16 * 1024 * 1024;

    /// <summary>Archives inside archives.</summary>
    public const int Depth = 3;

    /// <summary>Bytes unpacked from one uploaded file, with those of archives inside it.</summary>
    public const long Unpacked = 16L * 1024 * 1024 * 1024;

    /// <summary>Times its size that a file may unpack to, beyond <see cref="Free"/>.</summary>
    public const long Ratio = 200;

    /// <summary>Bytes that are unpacked whatever the ratio.</summary>
    public const long Free = 10 * 1024 * 1024;
}
