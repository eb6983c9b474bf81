namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Takes the escapes and doubled quotes out of a cell.</summary>
internal sealed class Escapes(Dialect dialect)
{
    private char[] _unescaped = [];

    /// <summary>The text without them; valid until the next call.</summary>
    /// <param name="raw">As it stands in the file.</param>
    /// <param name="quoted">It stood in quotes.</param>
    public ReadOnlySpan<char> Remove(ReadOnlySpan<char> raw, bool quoted)
    {
        if (_unescaped.Length < raw.Length)
        {
            _unescaped = new char[raw.Length * 2];
        }

        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            var next = i + 1 < raw.Length ? raw[i + 1] : Dialect.None;
            if (dialect.Escape != Dialect.None && raw[i] == dialect.Escape && i + 1 < raw.Length && IsEscapable(next))
            {
                _unescaped[length++] = next;
                i++;
                continue;
            }

            _unescaped[length++] = raw[i];
            if (quoted && raw[i] == dialect.ClosingQuote && next == dialect.ClosingQuote)
            {
                i++;
            }
        }

        return _unescaped.AsSpan(0, length);
    }

    private bool IsEscapable(char c) =>
        c == dialect.Quote || c == dialect.ClosingQuote || c == dialect.Escape || c is '\r' or '\n' || dialect.Delimiter.StartsWith(c);
}
