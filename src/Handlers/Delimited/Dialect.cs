namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>How a delimited file separates and quotes its cells.</summary>
internal sealed record Dialect
{
    /// <summary>The character between cells.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>The character around cells that hold delimiters or line ends; doubled inside.</summary>
    public char Quote { get; init; } = '"';

    /// <summary>Blanks between a delimiter and a quote belong to neither.</summary>
    public bool BlanksAroundQuotes { get; init; }

    /// <summary>Lines end with a carriage return alone. Otherwise such a character is part of its cell.</summary>
    public bool CarriageReturnEndsLine { get; init; }

    /// <summary>The delimiter as a person names it.</summary>
    public string DelimiterName => Delimiter switch
    {
        ',' => "comma",
        ';' => "semicolon",
        '\t' => "tab",
        '|' => "pipe",
        ':' => "colon",
        '^' => "caret",
        '~' => "tilde",
        var other when char.IsControl(other) => $"U+{(int)other:X4}",
        var other => other.ToString(),
    };
}
