using System.Text;
using System.Text.RegularExpressions;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Html;

/// <summary>The bytes of an HTML file, to be walked through as often as needed.</summary>
internal sealed partial class HtmlSource
{
    private readonly Stream _bytes;
    private readonly Encoding _encoding;
    private readonly int _markLength;

    private HtmlSource(Stream bytes, Encoding encoding, int markLength, ReadDecision decision, bool hasFaults = false)
    {
        (_bytes, _markLength, Decision, HasFaults) = (bytes, markLength, decision, hasFaults);
        _encoding = (Encoding)encoding.Clone();
        _encoding.DecoderFallback = DecoderFallback.ReplacementFallback;
    }

    /// <summary>The encoding and how it was found.</summary>
    public ReadDecision Decision { get; }

    /// <summary>Some bytes are not in the encoding; they read as U+FFFD.</summary>
    public bool HasFaults { get; }

    /// <summary>Share of the bytes the current walk has taken.</summary>
    public double Progress => _bytes.Length == 0 ? 1 : (double)_bytes.Position / _bytes.Length;

    /// <exception cref="UnreadableFileException">The file is too large, or in an unknown encoding.</exception>
    public static async Task<HtmlSource> OpenAsync(FileContent content, ReadOptions options, CancellationToken cancellationToken)
    {
        var head = content.Head.Bytes;
        var bytes = await content.OpenSeekableAsync(TableLimits.Spool, cancellationToken);
        var mark = NamedEncoding.OfMark(head.Span);
        if (options.Encoding is { } asked)
        {
            return new HtmlSource(bytes, NamedEncoding.Asked(asked), mark?.MarkLength ?? 0, new("encoding", asked, 1, "The reading option 'encoding' says so."));
        }

        if (mark is { } found)
        {
            return new HtmlSource(bytes, found.Encoding, found.MarkLength, new("encoding", found.Encoding.WebName.ToUpperInvariant(), 1, "Its first bytes say so."));
        }

        if (Charset().Match(Encoding.Latin1.GetString(head.Span)) is { Success: true } match && Declared(match.Groups[1].Value) is { } declared)
        {
            return new HtmlSource(bytes, declared, 0, new("encoding", declared.WebName, 1, $"The file says 'charset={match.Groups[1].Value}'."));
        }

        var (characters, faults) = await Utf8Census.CountAsync(bytes, cancellationToken);
        return faults > 0 && characters <= 4 * faults
            ? new HtmlSource(bytes, NamedEncoding.Find("windows-1252")!, 0, new("encoding", "Windows-1252", 0.7, $"The file names no encoding, and {faults} bytes are not UTF-8: it was read as Windows-1252.") { IsNotable = true })
            : new HtmlSource(bytes, Encoding.UTF8, 0, new("encoding", "UTF-8", faults > 0 ? 0.8 : 1, faults > 0 ? $"{faults} bytes are not UTF-8: the rows that hold them are refused." : "All bytes read as UTF-8."), faults > 0);
    }

    /// <summary>The file's text cut into tags; what was cut before must not be used any more.</summary>
    public HtmlTokens Cut()
    {
        _bytes.Position = _markLength;
        return new HtmlTokens(new StreamReader(_bytes, _encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 32 * 1024, leaveOpen: true));
    }

    /// <summary>Browsers take ISO-8859-1 for Windows-1252, and UTF-16 for UTF-8 where the declaration itself could be read. UTF-8 is checked by the bytes.</summary>
    private static Encoding? Declared(string name) => name.ToLowerInvariant() switch
    {
        "iso-8859-1" or "latin1" or "us-ascii" or "ascii" => NamedEncoding.Find("windows-1252"),
        _ => NamedEncoding.Find(name) is { CodePage: not (1200 or 1201 or 12000 or 65001) } encoding ? encoding : null,
    };

    [GeneratedRegex("""<meta\s[^>]*?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]+)""", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Charset();
}
