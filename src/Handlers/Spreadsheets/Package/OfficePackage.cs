using System.IO.Compression;
using System.Xml;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Spreadsheets.Package;

/// <summary>The ZIP archive of a workbook: its parts by name, opened within limits.</summary>
internal sealed class OfficePackage : IDisposable
{
    private const int MaxEntries = 10_000;
    private const int MaxDirectory = 8 * 1024 * 1024;
    private const long FreeExpansion = 16 * 1024 * 1024;
    private const long MaxRatio = 200;
    private const int MaxSmallPart = 64 * 1024 * 1024;

    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _parts;
    private readonly Dictionary<string, long> _expanded = new(StringComparer.OrdinalIgnoreCase);
    private readonly long _limit;

    private OfficePackage(ZipArchive archive, long length)
    {
        _archive = archive;
        _limit = FreeExpansion + (length * MaxRatio);
        _parts = new Dictionary<string, ZipArchiveEntry>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in archive.Entries)
        {
            _parts.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), entry);
        }
    }

    /// <summary>Opens an archive.</summary>
    /// <param name="file">Seekable; not disposed here.</param>
    /// <exception cref="UnreadableFileException">It is cut off, damaged, or holds more parts than a workbook has.</exception>
    public static OfficePackage Open(Stream file)
    {
        if (ZipDirectory.Find(file) is not { } directory)
        {
            throw new UnreadableFileException("This workbook is cut off: the list of its parts, which stands at its end, is missing. Upload the file again; if that does not help, get it again from where it came from.");
        }

        if (directory.Entries > MaxEntries || directory.Length > MaxDirectory)
        {
            throw new UnreadableFileException($"This workbook's archive holds more than {MaxEntries:N0} parts. No spreadsheet program writes so many. Save the workbook anew and upload it again.");
        }

        try
        {
            return new OfficePackage(new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true), file.Length);
        }
        catch (InvalidDataException fault)
        {
            throw new UnreadableFileException("This workbook is damaged: the list of its parts cannot be read. Get the file again from where it came from, and upload it anew.", fault);
        }
    }

    /// <summary>Names of all parts.</summary>
    public IEnumerable<string> Names => _parts.Keys;

    public bool Has(string part) => _parts.ContainsKey(part);

    /// <summary>Bytes a part has unpacked, as the archive tells it.</summary>
    public long Length(string part) => _parts[part].Length;

    /// <summary>Opens a part from its first byte.</summary>
    /// <exception cref="UnreadableFileException">It is missing or encrypted.</exception>
    public PartStream Open(string part)
    {
        if (!_parts.TryGetValue(part, out var entry))
        {
            throw new UnreadableFileException($"The part {part} of this workbook is missing. Open the file in a spreadsheet program, save it anew, and upload it again.");
        }

        // What a part may expand to is what the others, as large as the archive tells, have left of the whole.
        _expanded[part] = entry.Length;
        var left = _limit - _expanded.Where(p => p.Key != part).Sum(p => p.Value);
        try
        {
            return new PartStream(entry.Open(), part, entry.Crc32, Math.Max(0, left));
        }
        catch (InvalidDataException fault)
        {
            throw new UnreadableFileException($"The part {part} of this workbook cannot be unpacked: it is damaged, or packed or encrypted in a way no spreadsheet program uses. Save the workbook anew and upload it again.", fault);
        }
    }

    /// <summary>Opens a part that fits into memory as XML: no document type, no outside reference, not endless.</summary>
    public XmlReader OpenXml(string part) => XmlReader.Create(Open(part), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxSmallPart,
        CloseInput = true,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    });

    /// <inheritdoc />
    public void Dispose() => _archive.Dispose();
}
