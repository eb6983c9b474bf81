namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>The dialect that a sample reads best in.</summary>
/// <param name="Dialect">How to read the file.</param>
/// <param name="Score">How well the sample reads in it.</param>
/// <param name="Value">The score with the likelihood of the dialect.</param>
/// <param name="RunnerUp">The value of the best dialect with another delimiter.</param>
/// <param name="Known">What the options told.</param>
internal sealed record SniffedDialect(Dialect Dialect, DialectScore Score, double Value, double RunnerUp, KnownDialect Known)
{
    private const string Told = "The reading options say so.";

    /// <summary>The delimiter as a person names it; the comma where none occurs, because a file of one column is a CSV file too.</summary>
    public string DelimiterName => Dialect.DelimiterName == "none" && NoneOccurs ? "comma" : Dialect.DelimiterName;

    /// <summary>No usual delimiter occurs in the sample outside quotes.</summary>
    public bool NoneOccurs { get; init; }

    /// <summary>How sure the delimiter is, 0 to 1.</summary>
    public double Confidence => Known.Delimiter is not null ? 1
        : Value <= 0 ? 0.3
        : Math.Round(Math.Clamp(1 - (0.5 * RunnerUp / Value), 0.3, 1) * (0.5 + (0.5 * Score.Consistency)), 2);

    public string Evidence => Known.Delimiter is not null ? Told
        : Dialect.Delimiter.Length == 0 ? NoneOccurs ? "No delimiter occurs: every line is one cell." : "No delimiter divides the lines evenly: every line is one cell."
        : Dialect.BlankAfterDelimiter ? $"{Divides} A blank behind each delimiter belongs to it."
        : Dialect.Runs ? $"{Divides} Several in a row count as one."
        : Divides;

    /// <summary>How sure the quote is, 0 to 1.</summary>
    public double QuoteConfidence => Known.Quote is not null ? 1
        : Score.Quoted == 0 ? 0.8
        : Math.Round(1 - (0.5 * Score.Faults / Math.Max(1, Score.Rows)), 2);

    public string QuoteEvidence => Known.Quote is not null ? Told
        : Dialect.Quote == Dialect.None ? "Quotes stand inside cells in a way that cannot be quoting."
        : Score.Quoted == 0 ? "No cell of the sample stands in quotes; this one is the usual."
        : Score.Faults == 0 ? $"{Score.Quoted} cells of the sample stand in such quotes, all of them closed."
        : $"{Score.Quoted} cells of the sample stand in such quotes; {Score.Faults} rows have one that does not fit.";

    public string EscapeEvidence => Known.Escape is not null ? Told
        : Dialect.Escape != Dialect.None ? "It stands before quotes or delimiters that are part of cells."
        : "No escape is needed to read the sample; a quote inside a quoted cell is doubled.";

    private string Divides => $"It divides {Score.Rows} rows of the sample into {Score.Width} cells each.";
}
