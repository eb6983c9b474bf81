namespace Flatfile.Agent.Handlers.Json;

/// <summary>Where a person says the records stand: <c>data.items</c>, <c>orders.lines</c> through every order, <c>*</c> for any name.</summary>
/// <param name="Text">As it was given.</param>
/// <param name="Wanted">Names with <c>.</c> between; empty for the file's own value.</param>
internal sealed record JsonPath(string Text, string Wanted)
{
    /// <summary>Every member of the file's own object is a record.</summary>
    public static JsonPath AnyMember { get; } = new("*", "*");

    /// <summary>It ends in any name, so that the name is part of the record.</summary>
    public bool HasKeys => Wanted == "*" || Wanted.EndsWith(".*", StringComparison.Ordinal);

    /// <summary>Also understands <c>$.data.items[*]</c> and <c>/data/items</c>.</summary>
    public static JsonPath Parse(string text)
    {
        var wanted = text.Trim();
        if (wanted.StartsWith('/'))
        {
            wanted = wanted.Replace('/', '.');
        }

        wanted = wanted.Replace("[*]", "", StringComparison.Ordinal).Replace("[]", "", StringComparison.Ordinal).TrimStart('$').Trim('.');
        return new JsonPath(text, wanted);
    }

    /// <summary>What is wanted inside the member of that name; null when the way does not go there.</summary>
    /// <remarks>Compares texts, not parts, so that a name may hold a dot itself.</remarks>
    public static string? Behind(string wanted, string name)
    {
        if (wanted == name || wanted == "*")
        {
            return "";
        }

        return wanted.StartsWith("*.", StringComparison.Ordinal) ? wanted[2..]
            : wanted.StartsWith(name, StringComparison.Ordinal) && wanted.Length > name.Length && wanted[name.Length] == '.' ? wanted[(name.Length + 1)..]
            : null;
    }
}
