namespace Flatfile.Agent.Handlers.Reading;

/// <summary>Which tables of a file are read: all, or those the reading option <c>tables</c> names.</summary>
internal sealed class TableChoice(ReadOptions options)
{
    private readonly IReadOnlyList<string>? _wanted = options.Tables;

    public bool Takes(string name) => _wanted is null || _wanted.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Refuses wanted names that the file does not have.</summary>
    /// <exception cref="UnreadableFileException">One of them is not there.</exception>
    public void Check(IReadOnlyCollection<string> names)
    {
        if (_wanted?.FirstOrDefault(w => !names.Contains(w, StringComparer.OrdinalIgnoreCase)) is { } missing)
        {
            var known = names.Count == 0 ? "none" : string.Join(", ", names.Take(20));
            throw new UnreadableFileException($"The reading option 'tables' names '{missing}', which is not in this file. Its tables: {known}.");
        }
    }

    /// <summary>The names, each that stands twice with a number behind: <c>a</c>, <c>a (2)</c>.</summary>
    public static IReadOnlyList<string> Distinct(IEnumerable<string> names)
    {
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var distinct = new List<string>();
        foreach (var name in names)
        {
            var candidate = name;
            for (var number = 2; !used.Add(candidate); number++)
            {
                candidate = $"{name} ({number})";
            }

            distinct.Add(candidate);
        }

        return distinct;
    }
}
