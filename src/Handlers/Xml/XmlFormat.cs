using System.Text;
using System.Text.RegularExpressions;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Xml;

/// <summary>XML with records in it.</summary>
internal sealed partial class XmlFormat : IFileFormat
{
    private const double ByDeclaration = 0.9;
    private const double ByContent = 0.6;
    private const double ByName = 0.3;

    public string Name => "XML";

    public IReadOnlyList<string> Extensions { get; } = [".xml", ".gpx", ".kml", ".rss", ".atom"];

    public double Recognise(FileHead head)
    {
        var byName = Extensions.Contains(head.Extension) ? ByName : 0;
        var text = Text(head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.StartsWith("<?xml", StringComparison.Ordinal))
        {
            return ByDeclaration;
        }

        return text.Length > 1 && text[0] == '<' && (byName > 0 ? char.IsLetter(text[1]) || text[1] is '_' or '!' : IsElement(text, head.IsWhole)) ? ByContent : byName;
    }

    public async Task<ITableFile> OpenAsync(FileContent content, ReadOptions options, CancellationToken cancellationToken) =>
        await XmlFile.OpenAsync(content, options, cancellationToken);

    /// <summary>One element around everything, which ends where the file does.</summary>
    private static bool IsElement(string text, bool isWhole)
    {
        var name = RootName().Match(text).Groups[1].Value;
        return name.Length > 0 && text.IndexOf($"</{name}>", StringComparison.Ordinal) is var end && (isWhole ? end >= 0 && string.IsNullOrWhiteSpace(text[(end + name.Length + 3)..]) : end < 0);
    }

    /// <summary>The first bytes as text, well enough to recognise markup in it.</summary>
    public static string Text(FileHead head)
    {
        var bytes = head.Bytes.Span;
        if (NamedEncoding.OfMark(bytes) is not { } mark)
        {
            return Encoding.Latin1.GetString(bytes);
        }

        var lenient = (Encoding)mark.Encoding.Clone();
        lenient.DecoderFallback = DecoderFallback.ReplacementFallback;
        return lenient.GetString(bytes[mark.MarkLength..]);
    }

    [GeneratedRegex(@"^<([\p{L}_][\w:.-]*)[\s>]", RegexOptions.NonBacktracking)]
    private static partial Regex RootName();
}
