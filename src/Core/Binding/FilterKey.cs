using System.Text.Json;

namespace Flatfile.Agent.Core.Binding;

/// <summary>One key of a filter with the values it looks for; the paths it selects are decided once, at compile time.</summary>
internal sealed class FilterKey
{
    private const char Separator = '.';
    private readonly Glob _paths;
    private readonly string[]? _path;

    public FilterKey(string written, IReadOnlyList<FilterValue> values)
    {
        Written = written;
        Values = values;
        var isAnchored = written.AsSpan().IndexOfAny('*', Separator) >= 0;
        _paths = Glob.Compile(isAnchored ? written : "**." + written, Separator);
        if (written.Length > 0 && written.AsSpan().IndexOfAny('*', '?', '\\') < 0)
        {
            Name = isAnchored ? null : written;
            _path = isAnchored && _paths.IsLiteral ? written.Split(Separator) : null;
        }
    }

    /// <summary>The key, nested ones joined by dots.</summary>
    public string Written { get; }

    /// <summary>What is looked for; any of them may match.</summary>
    public IReadOnlyList<FilterValue> Values { get; }

    /// <summary>The plain name, which selects every path ending with it; null for anchored keys and globs.</summary>
    public string? Name { get; }

    /// <summary>Whether a selected path holds a value that is looked for; a key that selects nothing never matches.</summary>
    public bool Matches(FlattenedEvent @event)
    {
        if (!@event.IsOdd)
        {
            if (Name is not null)
            {
                foreach (var value in @event.Named(Name))
                {
                    if (MatchesAny(value))
                    {
                        return true;
                    }
                }

                return false;
            }

            if (_path is not null)
            {
                return @event.TryGetAt(_path, out var value) && MatchesAny(value);
            }
        }

        foreach (var (path, value) in @event.Paths)
        {
            if (_paths.Matches(path) && MatchesAny(value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The paths this key selects, for the report.</summary>
    public IEnumerable<KeyValuePair<string, JsonElement>> Select(FlattenedEvent @event) => @event.Paths.Where(p => _paths.Matches(p.Key));

    private bool MatchesAny(JsonElement value)
    {
        foreach (var wanted in Values)
        {
            if (wanted.Matches(value))
            {
                return true;
            }
        }

        return false;
    }
}
