namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Recognises delimiters and line ends at places of a text.</summary>
internal sealed class RecordMarks(Dialect dialect)
{
    /// <summary>The first character of a delimiter; a line feed where no delimiter is, because that is looked for anyway.</summary>
    public char Delimiter { get; } = dialect.Delimiter.Length > 0 ? dialect.Delimiter[0] : '\n';

    /// <summary>Length of the delimiter at a place: 0 when there is none, -1 when more text must decide.</summary>
    public int DelimiterLength(ReadOnlySpan<char> text, int position)
    {
        if (position >= text.Length || text[position] != Delimiter)
        {
            return 0;
        }

        if (dialect.Delimiter.Length <= 1)
        {
            return dialect.Delimiter.Length;
        }

        var rest = text[position..];
        return rest.StartsWith(dialect.Delimiter) ? dialect.Delimiter.Length
            : rest.Length < dialect.Delimiter.Length && dialect.Delimiter.AsSpan().StartsWith(rest) ? -1
            : 0;
    }

    /// <summary>Where the cell behind a delimiter begins.</summary>
    public int AfterDelimiter(ReadOnlySpan<char> text, int position)
    {
        if (dialect.Runs)
        {
            return PassDelimiters(text, position);
        }

        return dialect.BlankAfterDelimiter && position < text.Length && text[position] == ' ' ? position + 1 : position;
    }

    /// <summary>The first place from here on without a delimiter.</summary>
    public int PassDelimiters(ReadOnlySpan<char> text, int position)
    {
        while (position < text.Length && text[position] == Delimiter)
        {
            position++;
        }

        return position;
    }

    /// <summary>True at a line end and at the end of the text.</summary>
    public static bool EndsHere(ReadOnlySpan<char> text, int position) => position >= text.Length || text[position] is '\r' or '\n';

    /// <summary>The first place from here on without a blank.</summary>
    public static int PassBlanks(ReadOnlySpan<char> text, int position)
    {
        while (position < text.Length && text[position] == ' ')
        {
            position++;
        }

        return position;
    }

    /// <summary>Length of the line end at a place: 0 when there is none, -1 when more text must decide.</summary>
    /// <remarks>Several carriage returns before a line feed are one line end: programs that translate line ends twice write them.</remarks>
    public int LineEnd(ReadOnlySpan<char> text, int position, bool final)
    {
        if (position >= text.Length)
        {
            return 0;
        }

        if (text[position] == '\n')
        {
            return 1;
        }

        if (text[position] != '\r')
        {
            return 0;
        }

        var next = position + 1;
        while (!dialect.CarriageReturnEndsLine && next < text.Length && text[next] == '\r')
        {
            next++;
        }

        if (next == text.Length)
        {
            return !final ? -1 : next - position;
        }

        if (text[next] == '\n')
        {
            return next - position + 1;
        }

        return dialect.CarriageReturnEndsLine ? 1 : 0;
    }
}
