using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Flatfile.Agent.Handlers.Html;

namespace Flatfile.Agent.Handlers.Tests.Html;

/// <summary>Random pages, read by us and by a parser that follows the whole standard: the same tables, rows and cells.</summary>
public sealed class HtmlBesideAngleSharpTests
{
    private static readonly string[] Pieces =
    [
        "<table>", "<table class='a>b'>", "</table>", "<tr>", "<tr>", "</tr>", "<td>", "<td>", "<td>", "<td>x</td>", "<th>", "<th>x</th>", "<thead>", "</thead>", "<tbody>", "</tbody>", "<tfoot>",
        "a", "b ", " c", "\n", "1 &lt; 2", "&amp;", "&nbsp;x", "&#65;", "&#x42;", "&copy", "&nothing;", "<b>", "</b>", "<br>", "<br/>", "<!-- <td> -->", "<!x>", "<?y>", "</3>",
        "<script>'<td>'</script>", "<style>td</style>", "<td title=\"</td>\">", "<td a=b/>", "<span>s</span>", "<TD>", "</TR>", "< d", "<td colspan=2>", "<div>d</div>",
    ];

    [Fact]
    public void TheSameTablesAsTheStandardParser()
    {
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var page = new StringBuilder("<html><body>");
            for (var i = random.Next(4, 40); i > 0; i--)
            {
                page.Append(Pieces[random.Next(Pieces.Length)]);
            }

            var text = page.ToString();
            var (ours, theirs) = (Ours(text), Theirs(text));
            Assert.True(ours == theirs, $"seed {seed}\n{text}\nours:\n{ours}\ntheirs:\n{theirs}");
        }
    }

    private static string Ours(string text)
    {
        var walker = new HtmlWalker(new HtmlTokens(new StringReader(text)));
        var rows = new List<HtmlRow>();
        while (walker.Next() is { } row)
        {
            rows.Add(row);
        }

        return string.Join('\n', rows.OrderBy(r => r.Table).ThenBy(r => r.Number).Where(r => r.Cells.Count > 0)
            .Select(r => $"{r.Table}: {string.Join('|', r.Cells.Select(c => (c.IsHeader ? "!" : "") + Squeeze(c.Text)))}"));
    }

    private static string Theirs(string text)
    {
        var document = new HtmlParser().ParseDocument(text);
        var tables = document.QuerySelectorAll("table").OfType<IHtmlTableElement>().ToList();
        return string.Join('\n', tables.SelectMany((table, number) => table.QuerySelectorAll("tr").Where(r => r.Closest("table") == table)
            .Select(r => r.Children.Where(c => c is IHtmlTableCellElement).ToList()).Where(c => c.Count > 0)
            .Select(cells => $"{number}: {string.Join('|', cells.Select(c => (c.LocalName == "th" ? "!" : "") + Squeeze(TextOf(c))))}")));
    }

    /// <summary>The text of an element without that of tables, scripts and styles inside it.</summary>
    private static string TextOf(INode node) => string.Concat(node.ChildNodes.Select(n => n switch
    {
        IText text => text.Data,
        IHtmlTableElement or IHtmlScriptElement or IHtmlStyleElement => "",
        IElement element => TextOf(element),
        _ => "",
    }));

    /// <summary>Without blanks: how they are laid out is ours.</summary>
    private static string Squeeze(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
