using System.Globalization;

namespace Flatfile.Api;

/// <summary>Rules that descriptions of data have in common, in the agent's language of expressions.</summary>
internal static class FieldRules
{
    public static Constraint Required { get; } = new() { Type = ConstraintType.Required };

    public static Constraint Unique { get; } = new() { Type = ConstraintType.Unique };

    public static Constraint Whole(string key) => SheetPart.Rule($"{Name(key)} % 1 = 0", "A whole number is wanted.");

    public static Constraint Longest(string key, long length) => SheetPart.Rule($"length({Name(key)}) <= {Text(length)}", $"At most {Text(length)} characters.");

    public static Constraint Shortest(string key, long length) => SheetPart.Rule($"length({Name(key)}) >= {Text(length)}", $"At least {Text(length)} characters.");

    public static Constraint Bound(string key, string sign, decimal bound) => SheetPart.Rule($"{Name(key)} {sign} {Text(bound)}", sign switch
    {
        ">=" => $"At least {Text(bound)}.",
        "<=" => $"At most {Text(bound)}.",
        ">" => $"More than {Text(bound)}.",
        _ => $"Less than {Text(bound)}.",
    });

    public static Constraint Multiple(string key, decimal of) => SheetPart.Rule($"{Name(key)} % {Text(of)} = 0", $"A multiple of {Text(of)}.");

    public static Constraint Pattern(string key, string pattern) =>
        SheetPart.Rule($"matches({Name(key)}, {Quoted(pattern)})", $"The value does not have the form {pattern}");

    /// <summary>A field as rules name it.</summary>
    public static string Name(string key) => $"[{key.Replace("]", "]]", StringComparison.Ordinal)}]";

    /// <summary>A text as rules write it.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
