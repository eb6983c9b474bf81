using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Archives;

/// <summary>What may still be unpacked from an uploaded file: one account for it and all archives inside it.</summary>
/// <param name="packed">Bytes of the uploaded file, or how many of them have been read.</param>
internal sealed class UnpackBudget(Func<long> packed)
{
    private long _unpacked;

    /// <summary>True once the limit was passed: nothing more is read of the file then.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Notes bytes that were unpacked.</summary>
    /// <exception cref="UnreadableFileException">They are too many.</exception>
    public void Take(long bytes)
    {
        _unpacked += bytes;
        Check(_unpacked, "unpacks");
    }

    /// <summary>Compares what a table of contents says with the limit, before anything is unpacked.</summary>
    /// <exception cref="UnreadableFileException">It is too much.</exception>
    public void Foresee(long bytes) => Check(_unpacked + bytes, "says it unpacks");

    private void Check(long bytes, string verb)
    {
        if (bytes > ArchiveLimits.Unpacked)
        {
            IsExhausted = true;
            throw new UnreadableFileException(
                $"This archive {verb} to more than {ArchiveLimits.Unpacked / 1024 / 1024 / 1024} GB, the limit. Split it into smaller archives, or upload the files by themselves.");
        }

        if (bytes > ArchiveLimits.Free + (ArchiveLimits.Ratio * packed()))
        {
            IsExhausted = true;
            throw new UnreadableFileException(
                $"This archive {verb} to more than {ArchiveLimits.Ratio} times its size, as archives made to do harm do. If its files are real, unpack it and upload them by themselves.");
        }
    }
}
