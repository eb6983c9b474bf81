namespace Flatfile.Spaces.Http.Operations;

/// <summary>
/// Every operation: name, tier, HTTP method, least right, and path below <c>/v1</c> (after <c>~</c>: from the root). Routes, answers to what is
/// not built, and authorization are all derived from this table.
/// </summary>
internal static partial class OperationTable
{
    /// <summary>All operations.</summary>
    public static IReadOnlyList<Operation> All { get; } = [.. $"{Content}\n{Access}\n{More}".Split('\n').Select(Parse)];

    private static readonly Dictionary<string, Operation> ByName = All.ToDictionary(operation => operation.Name);

    /// <summary>An operation by its name; unknown names are a mistake of the program.</summary>
    public static Operation Find(string name) =>
        ByName.GetValueOrDefault(name) ?? throw new ArgumentException($"There is no operation '{name}' in the table.", nameof(name));

    private static Operation Parse(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var path = words[4].StartsWith('~') ? words[4][1..] : "/v1" + words[4];
        return new Operation(words[0], words[1][0], words[2], path, Enum.Parse<Right>(words[3], ignoreCase: true));
    }
}
