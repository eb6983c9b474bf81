using System.Text;

namespace Flatfile.Api;

/// <summary>Cuts SQL of any of the dialects into words; comments are left out.</summary>
internal static class SqlLexer
{
    private static readonly string[] LongSigns = ["<>", "!=", "<=", ">=", "::", "||"];

    public static List<SqlToken> Tokens(string sql)
    {
        var (tokens, at, line) = (new List<SqlToken>(), 0, 1);
        while (at < sql.Length)
        {
            var (start, startLine, c) = (at, line, sql[at]);
            if (char.IsWhiteSpace(c))
            {
                line += c == '\n' ? 1 : 0;
                at++;
            }
            else if (At(sql, at, "--") || (c == '#' && (at == 0 || sql[at - 1] == '\n')))
            {
                at = End(sql, at, "\n");
            }
            else if (At(sql, at, "/*"))
            {
                at = End(sql, at + 2, "*/");
                at = Math.Min(sql.Length, at + 2);
                line += sql.AsSpan(start, at - start).Count('\n');
            }
            else if (c is '\'' or '"' or '`' or '[' && !At(sql, at, "[]"))
            {
                var text = Quoted(sql, ref at, c == '[' ? ']' : c, startLine);
                line += text.AsSpan().Count('\n');
                tokens.Add(new SqlToken(c == '\'' ? 't' : 'i', text, startLine));
            }
            else if (char.IsLetter(c) || c == '_')
            {
                at = While(sql, at, n => char.IsLetterOrDigit(n) || n is '_' or '$');
                tokens.Add(new SqlToken('w', sql[start..at], startLine));
            }
            else if (char.IsAsciiDigit(c))
            {
                at = While(sql, at, n => char.IsAsciiDigit(n) || n == '.');
                tokens.Add(new SqlToken('n', sql[start..at], startLine));
            }
            else
            {
                var sign = Array.Find(LongSigns, s => At(sql, start, s)) ?? c.ToString();
                at += sign.Length;
                tokens.Add(new SqlToken('s', sign, startLine));
            }
        }

        tokens.Add(new SqlToken('e', "", line));
        return tokens;
    }

    private static bool At(string sql, int at, string text) => string.CompareOrdinal(sql, at, text, 0, text.Length) == 0;

    private static int End(string sql, int from, string end) => sql.IndexOf(end, from, StringComparison.Ordinal) is >= 0 and var found ? found : sql.Length;

    private static int While(string sql, int at, Func<char, bool> belongs)
    {
        while (at < sql.Length && belongs(sql[at]))
        {
            at++;
        }

        return at;
    }

    private static string Quoted(string sql, ref int at, char close, int line)
    {
        var (open, text) = (sql[at++], new StringBuilder());
        while (at < sql.Length)
        {
            var c = sql[at++];
            if (c != close)
            {
                text.Append(c);
            }
            else if (at < sql.Length && sql[at] == close)
            {
                text.Append(c);
                at++;
            }
            else
            {
                return text.ToString();
            }
        }

        throw new BlueprintException([$"Line {line}: {open} is opened and never closed."]);
    }
}
