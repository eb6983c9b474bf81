using System.Text;

namespace Flatfile.Api;

/// <summary>Turns the condition of a <c>CHECK</c> into options of a column or into a rule.</summary>
internal static class SqlCheck
{
    private static readonly HashSet<string> Signs = ["(", ")", ",", "=", "<>", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%"];
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase) { "and", "or", "not", "in", "true", "false", "lower", "upper", "length", "abs", "trim" };

    /// <summary>The texts of <c>column IN ('a', 'b')</c>; null for any other condition.</summary>
    public static (string Column, List<string> Texts)? Options(IReadOnlyList<SqlToken> condition)
    {
        var words = Bare(condition);
        if (words.Count < 5 || !words[0].IsName || !words[1].Is("in") || !words[2].Is("(") || !words[^1].Is(")"))
        {
            return null;
        }

        var texts = new List<string>();
        for (var i = 3; i < words.Count - 1; i++)
        {
            if (words[i].Kind != (i % 2 == 1 ? 't' : 's'))
            {
                return null;
            }

            if (i % 2 == 1)
            {
                texts.Add(words[i].Text);
            }
        }

        return (words[0].Text, texts);
    }

    /// <summary>The condition as a rule, and the columns in it.</summary>
    /// <exception cref="BlueprintException">It holds something that rules do not know.</exception>
    public static (string Rule, List<string> Columns) Rule(IReadOnlyList<SqlToken> condition, SqlTable table)
    {
        var (rule, columns) = (new StringBuilder(), new List<string>());
        for (var i = 0; i < condition.Count; i++)
        {
            var token = condition[i];
            if (token.Is("between") && i > 0 && i + 3 < condition.Count && condition[i + 2].Is("and"))
            {
                // "a between 1 and 5": the column stands already, and is said again for the second bound.
                rule.Append(">= ").Append(Value(condition[i + 1])).Append(" and ").Append(FieldRules.Name(table.Find(condition[i - 1].Text)?.Name ?? condition[i - 1].Text))
                    .Append(" <= ").Append(Value(condition[i + 3])).Append(' ');
                i += 3;
            }
            else if (token.Is("is") && i + 1 < condition.Count)
            {
                throw new BlueprintException([$"Line {token.Line}: a CHECK with IS is not understood; write NOT NULL at the column."]);
            }
            else if (token.IsName && table.Find(token.Text) is { } column && !(i + 1 < condition.Count && condition[i + 1].Is("(")))
            {
                columns.Add(column.Name);
                rule.Append(FieldRules.Name(column.Name)).Append(' ');
            }
            else if (token.Is("char_length") || token.Is("len"))
            {
                rule.Append("length");
            }
            else if ((token.Kind == 's' && Signs.Contains(token.Text)) || (token.Kind == 'w' && Words.Contains(token.Text)))
            {
                rule.Append(token.Text.ToLowerInvariant()).Append(' ');
            }
            else
            {
                rule.Append(Value(token)).Append(' ');
            }
        }

        return (rule.ToString().TrimEnd(), [.. columns.Distinct(StringComparer.Ordinal)]);
    }

    private static string Value(SqlToken token) => token.Kind switch
    {
        'n' => token.Text,
        't' => FieldRules.Quoted(token.Text),
        _ => throw new BlueprintException([$"Line {token.Line}: {token} in a CHECK is not understood. Comparisons, and, or, not, in, between, arithmetic and length, lower, upper, abs, trim are."]),
    };

    /// <summary>Without parentheses around the whole.</summary>
    private static IReadOnlyList<SqlToken> Bare(IReadOnlyList<SqlToken> words)
    {
        while (words.Count > 2 && words[0].Is("(") && ClosesLast(words))
        {
            words = [.. words.Skip(1).Take(words.Count - 2)];
        }

        return words;
    }

    private static bool ClosesLast(IReadOnlyList<SqlToken> words)
    {
        var depth = 0;
        for (var i = 0; i < words.Count; i++)
        {
            depth += words[i].Is("(") ? 1 : words[i].Is(")") ? -1 : 0;
            if (depth == 0)
            {
                return i == words.Count - 1;
            }
        }

        return false;
    }
}
