namespace Flatfile.Agent.Handlers.Archives;

/// <summary>What a ZIP's table of contents says of an entry. Nothing of it needs to be true.</summary>
/// <param name="Name">As written.</param>
/// <param name="Packed">Bytes in the archive.</param>
/// <param name="Unpacked">Bytes of the file.</param>
/// <param name="Offset">Where its header begins.</param>
/// <param name="Method">How it is packed.</param>
/// <param name="Flags">Bit 0: encrypted.</param>
/// <param name="Attributes">Of the file system it came from; the upper half is a Unix mode.</param>
/// <param name="NameLength">Bytes of the name.</param>
internal sealed record ZipEntryFacts(string Name, long Packed, long Unpacked, long Offset, int Method, int Flags, uint Attributes, int NameLength)
{
    private const int Stored = 0;
    private const int Deflate = 8;
    private const int Deflate64 = 9;

    public bool IsFolder => Name.EndsWith('/') || Name.EndsWith('\\') || (Unpacked == 0 && FileType == 0x4000);

    /// <summary>Why it is not even opened; null when it may hold a table.</summary>
    public string? WhyNot()
    {
        if ((Flags & 1) != 0)
        {
            return "It is protected by a password. Unpack the archive and upload this file by itself.";
        }

        if (FileType is not (0 or 0x8000))
        {
            return "It is a link or device, not a file.";
        }

        if (Method is not (Stored or Deflate or Deflate64))
        {
            return "It is packed by a method that is not read here. Pack it by the usual one (deflate), or upload it by itself.";
        }

        return Unpacked == 0 ? "It is empty." : null;
    }

    private uint FileType => (Attributes >> 16) & 0xF000;
}
