namespace Flatfile.Spaces.Http.Shapes;

/// <summary>
/// The bodies of the API as data: one line for each model. <c>Name { member: type; other?: type }</c> is an object, a question mark makes a member
/// optional; <c>Name = a | b</c> is one of these words; <c>Name by tag = a: Shape | b: Shape</c> depends on the member <c>tag</c>.
/// </summary>
/// <remarks>
/// Types: those of <see cref="PlainType"/>, names of this table, <c>type[]</c>, <c>type?[]</c> (null may stand in the list), <c>map&lt;type&gt;</c>.
/// </remarks>
internal static partial class ShapeTable
{
    private static readonly Dictionary<string, ShapeType> All = $"{Models}\n{Actions}"
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(Parse)
        .ToDictionary(line => line.Name, line => line.Type, StringComparer.Ordinal);

    /// <summary>All names.</summary>
    public static IEnumerable<string> Names => All.Keys;

    /// <summary>The shape of a body; unknown names are a mistake of the program.</summary>
    public static Shape Find(string name) => (Shape)Type(name);

    /// <summary>A type by its name.</summary>
    public static ShapeType Type(string name) =>
        All.GetValueOrDefault(name) ?? throw new ArgumentException($"There is no model '{name}' in the table.", nameof(name));

    private static (string Name, ShapeType Type) Parse(string line)
    {
        var name = line[..line.IndexOf(' ', StringComparison.Ordinal)];
        if (line.Contains('{', StringComparison.Ordinal))
        {
            return (name, new Shape(name, [.. Parts(line[(line.IndexOf('{', StringComparison.Ordinal) + 1)..line.LastIndexOf('}')], ';').Select(Member)]));
        }

        var head = line[..line.IndexOf('=', StringComparison.Ordinal)].Trim();
        var choices = Parts(line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..], '|');
        return head == name
            ? (name, new ChoiceType([.. choices]))
            : (name, new VariantType(head[(name.Length + " by ".Length)..], choices.Select(Pair).ToDictionary(pair => pair.Name, pair => pair.Text, StringComparer.Ordinal)));
    }

    private static ShapeMember Member(string text)
    {
        var (name, type) = Pair(text);
        return new ShapeMember(name.TrimEnd('?'), TypeOf(type), !name.EndsWith('?'));
    }

    private static ShapeType TypeOf(string text)
    {
        if (text.EndsWith("[]", StringComparison.Ordinal))
        {
            var item = text[..^2];
            return new ListType(TypeOf(item.TrimEnd('?')), item.EndsWith('?'));
        }

        return text.StartsWith("map<", StringComparison.Ordinal) ? new MapType(TypeOf(text[4..^1])) : PlainType.Find(text) ?? (ShapeType)new NamedType(text);
    }

    private static (string Name, string Text) Pair(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return (text[..colon].Trim(), text[(colon + 1)..].Trim());
    }

    private static string[] Parts(string text, char separator) => text.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
