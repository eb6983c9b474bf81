using System.Text;

namespace Flatfile.Spaces.Records.Ffql;

/// <summary>Cuts a query into words, quoted texts and parentheses.</summary>
internal static class FfqlLexer
{
    public static List<FfqlToken> Tokens(string query)
    {
        var tokens = new List<FfqlToken>();
        var at = 0;
        while (at < query.Length)
        {
            var letter = query[at];
            if (char.IsWhiteSpace(letter))
            {
                at++;
            }
            else if (letter is '(' or ')')
            {
                tokens.Add(new FfqlToken(letter == '(' ? FfqlTokenKind.Open : FfqlTokenKind.Close, letter.ToString(), ++at));
            }
            else if (letter is '"' or '\'')
            {
                tokens.Add(Quoted(query, ref at));
            }
            else
            {
                var start = at;
                while (at < query.Length && !char.IsWhiteSpace(query[at]) && query[at] is not ('(' or ')'))
                {
                    at++;
                }

                tokens.Add(new FfqlToken(FfqlTokenKind.Word, query[start..at], start + 1));
            }
        }

        tokens.Add(new FfqlToken(FfqlTokenKind.End, "", query.Length + 1));
        return tokens;
    }

    /// <summary>A backslash takes the quote's and another backslash's meaning away; before anything else it is itself.</summary>
    private static FfqlToken Quoted(string query, ref int at)
    {
        var start = at;
        var quote = query[at++];
        var text = new StringBuilder();
        while (at < query.Length)
        {
            var letter = query[at++];
            if (letter == quote)
            {
                return new FfqlToken(FfqlTokenKind.Quoted, text.ToString(), start + 1);
            }

            if (letter == '\\' && at < query.Length && (query[at] == quote || query[at] == '\\'))
            {
                letter = query[at++];
            }

            text.Append(letter);
        }

        throw FfqlParser.Fault(start + 1, $"the quote {quote} is not closed. Close it, or put a text that holds it into the other quotes.");
    }
}
