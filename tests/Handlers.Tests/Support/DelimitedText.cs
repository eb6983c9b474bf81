using System.Text;

namespace Flatfile.Agent.Handlers.Tests.Support;

/// <summary>Writes delimited text as the reference the reader is compared with.</summary>
internal static class DelimitedText
{
    public static string Write(IEnumerable<IReadOnlyList<string>> rows, char delimiter = ',', char quote = '"', string newline = "\r\n", bool quoteAll = false, bool endLast = true)
    {
        var text = new StringBuilder();
        var first = true;
        foreach (var row in rows)
        {
            text.Append(first ? "" : newline);
            first = false;
            text.AppendJoin(delimiter, row.Select(cell => Cell(cell, row.Count, delimiter, quote, quoteAll)));
        }

        return text.Append(endLast ? newline : "").ToString();
    }

    private static string Cell(string cell, int width, char delimiter, char quote, bool quoteAll)
    {
        var needed = quoteAll || cell.Contains(delimiter) || cell.Contains('\n') || cell.Contains('\r') || cell.StartsWith(quote)
            || (width == 1 && string.IsNullOrWhiteSpace(cell));
        return needed ? quote + cell.Replace(quote.ToString(), new string(quote, 2)) + quote : cell;
    }
}
