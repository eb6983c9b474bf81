namespace Standards.Tests.Code;

/// <summary>A type is named after what it is, not after the fact that it does something.</summary>
internal static class NameRule
{
    private static readonly string[] Empty = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility"];

    public static IEnumerable<string> Violations(IEnumerable<Type> types) =>
        from type in types
        let name = type.Name.Split('`')[0]
        from word in Empty
        where name.EndsWith(word, StringComparison.Ordinal)
        select $"{type.FullName} ends in '{word}': say what it is.";
}
