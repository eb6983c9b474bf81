using System.Globalization;
using System.Text.RegularExpressions;

namespace Flatfile.Agent.Handlers.Rules.Expressions;

/// <summary>The functions of rules. All but <c>isEmpty</c>, <c>coalesce</c> and <c>if</c> yield nothing where an argument is nothing.</summary>
internal static class RuleFunctions
{
    private static readonly TimeSpan LongestMatch = TimeSpan.FromMilliseconds(250);

    private static readonly Dictionary<string, RuleFunction> ByName = new RuleFunction[]
    {
        new("length", [RuleType.Text], RuleType.Number, a => (decimal)((string)a[0]).Length),
        new("count", [RuleType.List], RuleType.Number, a => (decimal)((List<string>)a[0]).Count),
        new("lower", [RuleType.Text], RuleType.Text, a => ((string)a[0]).ToLowerInvariant()),
        new("upper", [RuleType.Text], RuleType.Text, a => ((string)a[0]).ToUpperInvariant()),
        new("trim", [RuleType.Text], RuleType.Text, a => ((string)a[0]).Trim()),
        new("contains", [RuleType.Text, RuleType.Text], RuleType.Truth, a => ((string)a[0]).Contains((string)a[1], StringComparison.Ordinal)),
        new("has", [RuleType.List, RuleType.Text], RuleType.Truth, a => ((List<string>)a[0]).Contains((string)a[1])),
        new("startsWith", [RuleType.Text, RuleType.Text], RuleType.Truth, a => ((string)a[0]).StartsWith((string)a[1], StringComparison.Ordinal)),
        new("endsWith", [RuleType.Text, RuleType.Text], RuleType.Truth, a => ((string)a[0]).EndsWith((string)a[1], StringComparison.Ordinal)),
        new("number", [RuleType.Text], RuleType.Number, a => decimal.TryParse((string)a[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var n) ? n : null),
        new("text", [RuleType.Number], RuleType.Text, a => ((decimal)a[0]).ToString(CultureInfo.InvariantCulture)),
        new("abs", [RuleType.Number], RuleType.Number, a => Math.Abs((decimal)a[0])),
        new("round", [RuleType.Number], RuleType.Number, a => Math.Round((decimal)a[0], MidpointRounding.AwayFromZero)),
        new("min", [RuleType.Number, RuleType.Number], RuleType.Number, a => Math.Min((decimal)a[0], (decimal)a[1])),
        new("max", [RuleType.Number, RuleType.Number], RuleType.Number, a => Math.Max((decimal)a[0], (decimal)a[1])),
        new("year", [RuleType.Text], RuleType.Number, a => DateOf(a[0]) is { } d ? (decimal)d.Year : null),
        new("month", [RuleType.Text], RuleType.Number, a => DateOf(a[0]) is { } d ? (decimal)d.Month : null),
        new("day", [RuleType.Text], RuleType.Number, a => DateOf(a[0]) is { } d ? (decimal)d.Day : null),
        new("weekday", [RuleType.Text], RuleType.Number, a => DateOf(a[0]) is { } d ? (decimal)(((int)d.DayOfWeek + 6) % 7 + 1) : null),
        new("daysBetween", [RuleType.Text, RuleType.Text], RuleType.Number,
            a => DateOf(a[0]) is { } from && DateOf(a[1]) is { } to ? (decimal)(to.DayNumber - from.DayNumber) : null),
    }.ToDictionary(f => f.Name, StringComparer.OrdinalIgnoreCase);

    public static RuleNode Call(Token name, IReadOnlyList<RuleNode> arguments)
    {
        switch (name.Text.ToLowerInvariant())
        {
            case "isempty" when arguments.Count == 1:
                return new RuleNode(RuleType.Truth, name.Position, row => arguments[0].Value(row) switch { null => true, string s => string.IsNullOrWhiteSpace(s), _ => false });
            case "today" when arguments.Count == 0:
                return new RuleNode(RuleType.Text, name.Position, row => row.Today);
            case "matches" when arguments.Count == 2 && arguments[0].Type == RuleType.Text:
                return Matches(name, arguments[0], arguments[1]);
            case "coalesce" when arguments.Count == 2 && arguments[0].Type == arguments[1].Type:
                return new RuleNode(arguments[0].Type, name.Position, row => arguments[0].Value(row) ?? arguments[1].Value(row));
            case "if" when arguments.Count == 3 && arguments[0].Type == RuleType.Truth && arguments[1].Type == arguments[2].Type:
                return new RuleNode(
                    arguments[1].Type, name.Position, row => arguments[0].Value(row) is { } test ? arguments[(bool)test ? 1 : 2].Value(row) : null);
            case "isempty" or "today" or "matches" or "coalesce" or "if":
                throw new ExpressionException(name.Position, $"{name.Text} is called otherwise: isEmpty(value), today(), matches(text, 'pattern'), coalesce(value, value of the same kind), if(condition, value, value of the same kind).");
        }

        if (!ByName.TryGetValue(name.Text, out var function))
        {
            throw new ExpressionException(name.Position, $"there is no function '{name.Text}'. Functions: {Known}.");
        }

        var given = arguments.Select(a => a.Type).ToList();
        if (!given.SequenceEqual(function.Takes))
        {
            throw new ExpressionException(name.Position, $"{function.Name} takes {List(function.Takes)}; it got {List(given)}.");
        }

        return new RuleNode(function.Yields, name.Position, row =>
        {
            var values = new object[arguments.Count];
            for (var i = 0; i < values.Length; i++)
            {
                if (arguments[i].Value(row) is not { } value)
                {
                    return null;
                }

                values[i] = value;
            }

            return function.Run(values);
        });
    }

    /// <summary>A type in the words of messages.</summary>
    public static string Words(RuleType type) => type switch
    {
        RuleType.Number => "a number",
        RuleType.Text => "a text",
        RuleType.Truth => "true or false",
        _ => "a list",
    };

    private static string Known => string.Join(", ", ByName.Keys.Concat(["isEmpty", "today", "matches", "coalesce", "if"]).Order(StringComparer.OrdinalIgnoreCase));

    private static string List(IEnumerable<RuleType> types) => string.Join(", ", types.Select(Words)) is { Length: > 0 } some ? some : "nothing";

    private static DateOnly? DateOf(object text) =>
        DateOnly.TryParseExact((string)text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>The engine that never goes back: its time grows with the text alone, whatever the pattern is.</summary>
    private static RuleNode Matches(Token name, RuleNode text, RuleNode pattern)
    {
        if (pattern.Constant is not string written)
        {
            throw new ExpressionException(pattern.Position, "the pattern of matches stands in quotes.");
        }

        try
        {
            var regex = new Regex(written, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, LongestMatch);
            return new RuleNode(RuleType.Truth, name.Position, row => text.Value(row) is string value ? regex.IsMatch(value) : null);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            throw new ExpressionException(pattern.Position, $"the pattern cannot be used: {fault.Message} Look-around and back references are not taken.");
        }
    }

    private sealed record RuleFunction(string Name, RuleType[] Takes, RuleType Yields, Func<object[], object?> Run);
}
