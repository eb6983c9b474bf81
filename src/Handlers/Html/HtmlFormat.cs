using System.Text;
using System.Text.RegularExpressions;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Html;

/// <summary>Pages with tables, also those that programs save as <c>.xls</c>.</summary>
internal sealed partial class HtmlFormat : IFileFormat
{
    private const double ByContent = 0.92;
    private const double ByName = 0.3;

    public string Name => "HTML";

    public IReadOnlyList<string> Extensions { get; } = [".html", ".htm", ".xhtml"];

    public double Recognise(FileHead head)
    {
        var byName = Extensions.Contains(head.Extension) ? ByName : 0;
        var bytes = head.Bytes.Span;
        var text = NamedEncoding.OfMark(bytes) is { } mark ? Lenient(mark.Encoding).GetString(bytes[mark.MarkLength..]) : Encoding.Latin1.GetString(bytes);
        text = text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (!text.StartsWith('<'))
        {
            return byName;
        }

        // A <table> may be the outermost element of XML too; a page says what it is there.
        var isXml = head.Extension == ".xml" || text.StartsWith("<?xml", StringComparison.Ordinal);
        return Page().IsMatch(text) || (!isXml && Part().IsMatch(text) && text.Contains("<table", StringComparison.OrdinalIgnoreCase)) ? ByContent : byName;
    }

    public async Task<ITableFile> OpenAsync(FileContent content, ReadOptions options, CancellationToken cancellationToken) =>
        await HtmlFile.OpenAsync(content, options, cancellationToken);

    private static Encoding Lenient(Encoding encoding)
    {
        var lenient = (Encoding)encoding.Clone();
        lenient.DecoderFallback = DecoderFallback.ReplacementFallback;
        return lenient;
    }

    /// <summary>A whole page, behind whatever declarations and comments.</summary>
    [GeneratedRegex("""^(\s|<\?[^>]*>|<!--.*?-->)*<(!doctype\s+html|html)[\s>]""", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Page();

    /// <summary>A part of a page.</summary>
    [GeneratedRegex("""^(\s|<!--.*?-->)*<(head|body|table|meta|style|div|font|center|p|b|h[1-6])[\s>]""", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Part();
}
