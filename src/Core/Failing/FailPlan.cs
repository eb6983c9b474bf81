using System.Globalization;

namespace Flatfile.Agent.Core.Failing;

/// <summary>At which places, and how often met, the process fails. Read once; empty unless it was asked for.</summary>
internal sealed class FailPlan
{
    private readonly Dictionary<string, Entry> _entries;

    private FailPlan(Dictionary<string, Entry> entries) => _entries = entries;

    /// <summary>Reads <c>job.after-post:3:kill,job.claimed:1:kill</c>: a place, how often it is met until then, and what happens.</summary>
    /// <exception cref="FormatException">It is no such list; the message says what is wrong and what to write.</exception>
    public static FailPlan Read(string? text)
    {
        var entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
        foreach (var one in (text ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = one.Split(':');
            if (words.Length != 3 || !FailPoints.All.Contains(words[0]) || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1
                || words[2] is not "kill")
            {
                throw new FormatException($"'{one}' is no place to fail at. Write <place>:<times>:kill with one of {string.Join(", ", FailPoints.All)}.");
            }

            entries[words[0]] = new Entry(count);
        }

        return new FailPlan(entries);
    }

    /// <summary>True when this meeting of the place is the one to fail at.</summary>
    public bool IsDue(string place) => _entries.Count > 0 && _entries.TryGetValue(place, out var entry) && entry.Meet();

    private sealed class Entry(int count)
    {
        private int _met;

        public bool Meet() => Interlocked.Increment(ref _met) == count;
    }
}
