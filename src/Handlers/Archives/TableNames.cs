using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Archives;

/// <summary>What the tables of an archive are called, and which are wanted.</summary>
/// <remarks>
/// <c>2024/orders.csv</c> becomes <c>2024/orders</c>; the sheets of <c>book.xlsx</c> become <c>book.xlsx/Sheet1</c>. The reading option <c>tables</c> may name
/// a table, or a file for all of its tables.
/// </remarks>
internal sealed class TableNames(IReadOnlyList<string>? wanted)
{
    private readonly HashSet<string> _used = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _met = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _files = [];

    /// <summary>True when the file, or a table in it, may be wanted.</summary>
    public bool Wants(string file)
    {
        _files.Add(file);
        return wanted is null || IsNamed(file) || wanted.Any(w => w.StartsWith(file + "/", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>True when a person asked for this file.</summary>
    public bool IsNamed(string file) => wanted is not null && (Has(file) || Has(Stem(file)));

    /// <summary>Wanted names that nothing had so far.</summary>
    public IEnumerable<string> NotMet => wanted?.Where(w => !_met.Contains(w)) ?? [];

    /// <summary>The name of a table of the file, different from all before it; null when it is not wanted.</summary>
    /// <param name="file">The file's label.</param>
    /// <param name="table">What the file calls it.</param>
    /// <param name="isArchive">The file is an archive itself, so that its name tells where the table stands.</param>
    public string? Take(string file, string table, bool isArchive)
    {
        var last = EntryName.File(file);
        var isTheFile = !isArchive && last.StartsWith(table + ".", StringComparison.Ordinal);
        var name = isTheFile ? file[..^last.Length] + table : $"{file}/{EntryName.Label(table)}";
        if (wanted is not null && !IsNamed(file) && !Has(name))
        {
            return null;
        }

        var distinct = name;
        for (var number = 2; !_used.Add(distinct); number++)
        {
            distinct = $"{name} ({number})";
        }

        return distinct;
    }

    /// <summary>The fault of a wanted name that no file has; null when there is none.</summary>
    public UnreadableFileException? Missing() => wanted is null ? null : new UnreadableFileException(
        $"The reading option 'tables' names {string.Join(", ", wanted.Select(w => $"'{w}'"))}, of which nothing in this archive can be read. Its files: {string.Join(", ", _files.Take(20))}.");

    private bool Has(string name)
    {
        var has = wanted!.Contains(name, StringComparer.OrdinalIgnoreCase);
        if (has)
        {
            _met.Add(name);
        }

        return has;
    }

    private static string Stem(string file)
    {
        var extension = Path.GetExtension(EntryName.File(file));
        return extension.Length == EntryName.File(file).Length ? file : file[..^extension.Length];
    }
}
