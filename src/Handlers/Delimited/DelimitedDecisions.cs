using System.Globalization;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Says how a table is read and why, in words for a person.</summary>
internal static class DelimitedDecisions
{
    public static IReadOnlyList<ReadDecision> Of(SniffedDialect dialect, SniffedHeader header, PassedRows above, PassedRows below)
    {
        var decisions = new List<ReadDecision>
        {
            new("delimiter", dialect.DelimiterName, dialect.Confidence, dialect.Evidence),
            new("quote", Text(dialect.Dialect.Quote), dialect.QuoteConfidence, dialect.QuoteEvidence),
            new("escape", Text(dialect.Dialect.Escape), dialect.QuoteConfidence, dialect.EscapeEvidence),
            new("headerRow", Number(header.Row), header.Confidence, header.Evidence) { IsNotable = !header.Found },
        };
        if (header.Rows > 1)
        {
            decisions.Add(new("headerRows", Number(header.Rows), header.Confidence, "The rows below its first one go on naming columns."));
        }

        if (above.Any)
        {
            decisions.Add(new("preamble", above.Range, header.Confidence, $"{above.Named} above the table and {above.Were} left out: {above.Quote()}.") { IsNotable = true });
        }

        if (below.Any)
        {
            decisions.Add(new("footer", below.Range, 0.8, $"{below.Named} below the table and {below.Were} left out: {below.Quote()}.") { IsNotable = true });
        }

        return decisions;
    }

    private static string Text(char c) => c == Dialect.None ? "none" : c.ToString();

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
