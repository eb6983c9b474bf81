using System.Text;

namespace Flatfile.Agent.Handlers.Rules.Expressions;

/// <summary>Cuts a rule into words.</summary>
internal static class ExpressionLexer
{
    private const int Longest = 10_000;

    private static readonly string[] Signs = ["==", "!=", "<>", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "%", "(", ")", ","];

    /// <exception cref="ExpressionException">The rule holds a character that has no meaning, an open quote, or is too long.</exception>
    public static List<Token> Tokens(string rule)
    {
        if (rule.Length > Longest)
        {
            throw new ExpressionException(Longest, $"a rule has at most {Longest:N0} characters. Split it into several.");
        }

        var (tokens, at) = (new List<Token>(), 0);
        while (at < rule.Length)
        {
            if (char.IsWhiteSpace(rule[at]))
            {
                at++;
            }
            else
            {
                tokens.Add(Next(rule, ref at));
            }
        }

        tokens.Add(new Token(TokenKind.End, "", rule.Length));
        return tokens;
    }

    private static Token Next(string rule, ref int at)
    {
        var start = at;
        switch (rule[at])
        {
            case '\'' or '"':
                return new Token(TokenKind.Text, Enclosed(rule, ref at, rule[start]), start);
            case '[':
                return new Token(TokenKind.Field, Enclosed(rule, ref at, ']'), start);
            case >= '0' and <= '9':
                return new Token(TokenKind.Number, While(rule, ref at, c => char.IsAsciiDigit(c) || c == '.'), start);
            case var c when char.IsLetter(c) || c == '_':
                return new Token(TokenKind.Name, While(rule, ref at, n => char.IsLetterOrDigit(n) || n == '_'), start);
        }

        foreach (var sign in Signs)
        {
            if (string.CompareOrdinal(rule, at, sign, 0, sign.Length) == 0)
            {
                at += sign.Length;
                return new Token(TokenKind.Sign, sign, start);
            }
        }

        throw new ExpressionException(start, $"'{rule[start]}' has no meaning in a rule. Texts stand in quotes, keys of fields with odd characters in brackets.");
    }

    private static string While(string rule, ref int at, Func<char, bool> belongs)
    {
        var start = at;
        while (at < rule.Length && belongs(rule[at]))
        {
            at++;
        }

        return rule[start..at];
    }

    /// <summary>Up to the closing character; where that stands twice, it stands for itself.</summary>
    private static string Enclosed(string rule, ref int at, char close)
    {
        var (start, text) = (at++, new StringBuilder());
        while (at < rule.Length)
        {
            var c = rule[at++];
            if (c != close)
            {
                text.Append(c);
            }
            else if (at < rule.Length && rule[at] == close)
            {
                text.Append(c);
                at++;
            }
            else
            {
                return text.ToString();
            }
        }

        throw new ExpressionException(start, $"{rule[start]} is opened and never closed. Close it with {close}.");
    }
}
