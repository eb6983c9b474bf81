namespace Flatfile.Agent.Handlers.Rules.Expressions;

/// <summary>The operators. Where an operand is nothing the result is nothing, except where the other one decides alone.</summary>
internal static class RuleOperators
{
    public static RuleNode And(RuleNode left, RuleNode right) =>
        new(RuleType.Truth, left.Position, row => (bool?)left.Value(row) is var first && first == false ? false : first & (bool?)right.Value(row));

    public static RuleNode Or(RuleNode left, RuleNode right) =>
        new(RuleType.Truth, left.Position, row => (bool?)left.Value(row) is var first && first == true ? true : first | (bool?)right.Value(row));

    public static RuleNode Not(RuleNode operand, int position) => new(RuleType.Truth, position, row => !(bool?)operand.Value(row));

    public static RuleNode Negate(RuleNode operand, int position) => new(RuleType.Number, position, row => -(decimal?)operand.Value(row));

    /// <summary>Both sides have the same type, which is no list.</summary>
    public static RuleNode Compare(string sign, RuleNode left, RuleNode right)
    {
        Func<int, bool> holds = sign switch
        {
            "=" or "==" => order => order == 0,
            "!=" or "<>" => order => order != 0,
            "<" => order => order < 0,
            "<=" => order => order <= 0,
            ">" => order => order > 0,
            _ => order => order >= 0,
        };
        return new RuleNode(RuleType.Truth, left.Position, row =>
            left.Value(row) is { } a && right.Value(row) is { } b ? holds(Order(a, b)) : null);
    }

    public static RuleNode In(RuleNode value, IReadOnlyList<RuleNode> options) => new(RuleType.Truth, value.Position, row =>
        value.Value(row) is { } sought ? options.Any(option => option.Value(row) is { } one && Order(sought, one) == 0) : null);

    /// <summary>Numbers; <c>+</c> joins texts too. What is too large for a number, and what is divided by zero, is nothing.</summary>
    public static RuleNode Calculate(string sign, RuleNode left, RuleNode right) => new(left.Type, left.Position, row =>
    {
        if (left.Value(row) is not { } a || right.Value(row) is not { } b)
        {
            return null;
        }

        if (left.Type == RuleType.Text)
        {
            return (string)a + (string)b;
        }

        try
        {
            var (x, y) = ((decimal)a, (decimal)b);
            return sign switch
            {
                "+" => x + y,
                "-" => x - y,
                "*" => x * y,
                "/" => y == 0 ? null : (object)(x / y),
                _ => y == 0 ? null : (object)(x % y),
            };
        }
        catch (OverflowException)
        {
            return null;
        }
    });

    private static int Order(object a, object b) => a is string x ? string.CompareOrdinal(x, (string)b) : ((IComparable)a).CompareTo(b);
}
