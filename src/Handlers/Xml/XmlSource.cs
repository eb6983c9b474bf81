using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Xml;

/// <summary>The bytes of an XML file, to be parsed as often as needed. The only place where a parser is made.</summary>
/// <remarks>No document type definition, no entity beyond the five and numbers, nothing fetched from anywhere.</remarks>
internal sealed partial class XmlSource
{
    /// <summary>Stands where bytes are no character, if <see cref="HasFaults"/>.</summary>
    public const char Mark = '\uFFFD';

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,

        // Control characters as numbers are not allowed but written; a row that holds a NUL is refused by itself.
        CheckCharacters = false,
        CloseInput = true,
    };

    private readonly Stream _bytes;
    private readonly Encoding _encoding;
    private readonly int _markLength;

    private XmlSource(Stream bytes, Encoding encoding, int markLength, ReadDecision decision, bool hasFaults = false)
    {
        (_bytes, _encoding, _markLength, Decision, HasFaults) = (bytes, encoding, markLength, decision, hasFaults);
    }

    /// <summary>The encoding and how it was found.</summary>
    public ReadDecision Decision { get; }

    /// <summary>Some bytes are not UTF-8.</summary>
    public bool HasFaults { get; }

    /// <summary>Share of the bytes the current parser has taken.</summary>
    public double Progress => _bytes.Length == 0 ? 1 : (double)_bytes.Position / _bytes.Length;

    /// <exception cref="UnreadableFileException">The file is empty, too large, or in an unknown encoding.</exception>
    public static async Task<XmlSource> OpenAsync(FileContent content, ReadOptions options, CancellationToken cancellationToken)
    {
        var head = content.Head.Bytes;
        if (head.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0 && content.Head.IsWhole)
        {
            throw new UnreadableFileException("This file is empty: it holds no XML element. Upload a file with records in it.");
        }

        var bytes = await content.OpenSeekableAsync(TableLimits.Spool, cancellationToken);
        var mark = NamedEncoding.OfMark(head.Span);
        if (options.Encoding is { } asked)
        {
            return new XmlSource(bytes, NamedEncoding.Asked(asked), mark?.MarkLength ?? 0, new("encoding", asked, 1, "The reading option 'encoding' says so."));
        }

        if (mark is { } found)
        {
            return new XmlSource(bytes, found.Encoding, found.MarkLength, new("encoding", found.Encoding.WebName.ToUpperInvariant(), 1, "Its first bytes say so."));
        }

        var declared = Declaration().Match(Encoding.Latin1.GetString(head.Span[..Math.Min(head.Length, 400)])) is { Success: true } match ? match.Groups[1].Value : null;
        var encoding = declared is null ? Encoding.UTF8 : NamedEncoding.Find(declared) ?? throw new UnreadableFileException(
            $"This XML file says it is in the encoding '{declared}', which is not known here. Save it as UTF-8, or give the reading option 'encoding'.");

        // Programs write UTF-16 into the declaration of text that is saved as UTF-8 afterwards: without NULs it cannot be UTF-16.
        if (encoding.CodePage is not (1200 or 1201 or 12000 or 12001 or 65001))
        {
            return new XmlSource(bytes, encoding, 0, new("encoding", declared!, 1, "The XML declaration says so."));
        }

        var (characters, faults) = await Utf8Census.CountAsync(bytes, cancellationToken);
        return faults > 0 && characters <= 4 * faults
            ? new XmlSource(bytes, NamedEncoding.Find("windows-1252")!, 0, new("encoding", "Windows-1252", 0.6, $"{faults} bytes are not UTF-8, as this file should be: it was read as Windows-1252.") { IsNotable = true })
            : new XmlSource(bytes, Encoding.UTF8, 0, new("encoding", "UTF-8", faults > 0 ? 0.8 : 1, faults > 0 ? $"{faults} bytes are not UTF-8: the records that hold them are refused." : "All bytes read as UTF-8."), faults > 0);
    }

    /// <summary>A parser from the file's start; the one before must not be used any more.</summary>
    public (XmlReader Reader, XmlGuard Guard) Parse()
    {
        _bytes.Position = _markLength;
        var text = new StreamReader(_bytes, _encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 32 * 1024, leaveOpen: true);
        var guard = new XmlGuard(text);
        return (XmlReader.Create(guard, Settings), guard);
    }

    /// <summary>The file is not in the encoding it says.</summary>
    public UnreadableFileException Fault(DecoderFallbackException fault) =>
        new($"This file holds bytes that are not {Decision.Value}, the encoding it was taken for. Save it as UTF-8 and upload it again.", fault);

    /// <summary>What the parser said, with its place.</summary>
    public static UnreadableFileException Fault(XmlException fault)
    {
        var reason = fault.Message;
        var position = reason.LastIndexOf(" Line ", StringComparison.Ordinal);
        reason = (position < 0 ? reason : reason[..position]).TrimEnd('.', ' ');
        return new UnreadableFileException($"This file is not valid XML in line {fault.LineNumber}, column {fault.LinePosition}: {reason}. Correct it there, or export the file again, and upload it.", fault);
    }

    [GeneratedRegex("""^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']""", RegexOptions.NonBacktracking)]
    private static partial Regex Declaration();
}
