using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>What the options tell of the dialect; null is found out.</summary>
/// <param name="Delimiter">Empty when every line is one cell.</param>
/// <param name="Quote"><see cref="Dialect.None"/> when quotes are characters like any other.</param>
/// <param name="Escape"><see cref="Dialect.None"/> for none.</param>
internal sealed record KnownDialect(string? Delimiter, char? Quote, char? Escape)
{
    private const int MaxDelimiter = 8;

    /// <summary>Reads the options.</summary>
    /// <exception cref="UnreadableFileException">One of them makes no sense.</exception>
    public static KnownDialect From(ReadOptions options)
    {
        var delimiter = options.Delimiter is { } text ? DelimiterNames.TextOf(text) : null;
        var known = new KnownDialect(delimiter, One("quote", options.Quote), One("escape", options.Escape));
        if (delimiter is { Length: > MaxDelimiter } || (delimiter?.AsSpan().IndexOfAny('\n', '\r', '\0') >= 0))
        {
            throw new UnreadableFileException($"The reading option 'delimiter' is '{options.Delimiter}'. Give one to {MaxDelimiter} characters of a line, such as ';', or a name: comma, semicolon, tab, pipe, space, colon, none.");
        }

        if (delimiter is { Length: > 0 } && (delimiter.Contains(known.Quote ?? Dialect.None) || delimiter.Contains(known.Escape ?? Dialect.None)))
        {
            throw new UnreadableFileException($"The reading options 'delimiter' and 'quote' or 'escape' share a character in '{options.Delimiter}'. Give different ones.");
        }

        // A doubled quote is always read as a quote: naming the quote as the escape says the same.
        return known.Escape is { } escape && escape == (known.Quote ?? '"') ? known with { Escape = Dialect.None } : known;
    }

    private static char? One(string name, string? text) => text switch
    {
        null => null,
        "" or "none" => Dialect.None,
        [var c] when !char.IsControl(c) && !char.IsSurrogate(c) && !char.IsLetterOrDigit(c) && c != ' ' => c,
        _ => throw new UnreadableFileException($"The reading option '{name}' is '{text}'. Give one character that is no letter, digit, blank or control character, or an empty text for none."),
    };
}
