namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>How a delimited file separates and quotes its cells.</summary>
internal sealed record Dialect
{
    /// <summary>What stands for a quote or an escape that the file does not use.</summary>
    public const char None = '\0';

    /// <summary>The characters between cells; empty when every line is one cell.</summary>
    public string Delimiter { get; init; } = ",";

    /// <summary>Several delimiters in a row are one, and those at the ends of a line are none: columns set out with blanks.</summary>
    public bool Runs { get; init; }

    /// <summary>One blank behind a delimiter belongs to it.</summary>
    public bool BlankAfterDelimiter { get; init; }

    /// <summary>Before a cell that may hold delimiters and line ends; doubled inside.</summary>
    public char Quote { get; init; } = '"';

    /// <summary>Behind such a cell; another character only for typographic quotes.</summary>
    public char ClosingQuote => Quote switch
    {
        '\u201C' => '\u201D',
        '\u201E' => '\u201C',
        '\u00AB' => '\u00BB',
        _ => Quote,
    };

    /// <summary>Makes the quote, delimiter or line end behind it a character like any other.</summary>
    public char Escape { get; init; } = None;

    /// <summary>Blanks between a delimiter and a quote belong to neither.</summary>
    public bool BlanksAroundQuotes { get; init; }

    /// <summary>A carriage return alone ends a line. Otherwise such a character is part of its cell.</summary>
    public bool CarriageReturnEndsLine { get; init; }

    /// <summary>The delimiter as a person names it.</summary>
    public string DelimiterName => DelimiterNames.NameOf(Delimiter);
}
