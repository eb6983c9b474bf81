using System.Net.Mail;

namespace Flatfile.Agent.Handlers.Typing;

/// <summary>What the texts of a column have in common, and which there are as long as they are few.</summary>
internal sealed class TextTally(int mostDistinct)
{
    /// <summary>Values whose uniqueness is watched; more would take memory by the row.</summary>
    private const int MostWatched = 5_000;

    private const int LongestKept = 200;

    private readonly Dictionary<string, long> _values = new(StringComparer.Ordinal);
    private readonly HashSet<ulong> _seen = [];

    public long Count { get; private set; }

    public long Emails { get; private set; }

    public long Urls { get; private set; }

    public long Phones { get; private set; }

    public bool HasAll { get; private set; } = true;

    public int Distinct => _values.Count;

    /// <summary>False when a value came twice; null when there were too many to watch.</summary>
    public bool? IsUnique { get; private set; } = true;

    public IReadOnlyList<KeyValuePair<string, long>> Values => [.. _values.OrderByDescending(v => v.Value).ThenBy(v => v.Key, StringComparer.Ordinal)];

    public void Add(ReadOnlySpan<char> cell)
    {
        Count++;
        Emails += IsEmail(cell) ? 1 : 0;
        Urls += IsUrl(cell) ? 1 : 0;
        Phones += IsPhone(cell) ? 1 : 0;
        Keep(cell);
        Watch(cell);
    }

    private void Keep(ReadOnlySpan<char> cell)
    {
        var lookup = _values.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(cell, out var count))
        {
            lookup[cell] = count + 1;
        }
        else if (_values.Count < mostDistinct && cell.Length <= LongestKept)
        {
            lookup[cell] = 1;
        }
        else
        {
            HasAll = false;
        }
    }

    private void Watch(ReadOnlySpan<char> cell)
    {
        if (IsUnique != true)
        {
            return;
        }

        if (_seen.Count == MostWatched)
        {
            IsUnique = null;
        }
        else if (!_seen.Add(HashOf(cell)))
        {
            IsUnique = false;
        }
    }

    /// <summary>FNV-1a in 64 bits: short, and the same in every run.</summary>
    private static ulong HashOf(ReadOnlySpan<char> cell)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in cell)
        {
            hash = unchecked((hash ^ c) * 1099511628211UL);
        }

        return hash;
    }

    private static bool IsEmail(ReadOnlySpan<char> cell)
    {
        var at = cell.IndexOf('@');
        return at > 0 && cell.Length <= 254 && cell.LastIndexOf('.') > at + 1 && !cell.Contains(' ') && MailAddress.TryCreate(cell.ToString(), out _);
    }

    private static bool IsUrl(ReadOnlySpan<char> cell) =>
        (cell.StartsWith("http", StringComparison.OrdinalIgnoreCase) || cell.StartsWith("ftp", StringComparison.OrdinalIgnoreCase) || cell.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
        && !cell.Contains(' ')
        && (cell.StartsWith("www.", StringComparison.OrdinalIgnoreCase) || (Uri.TryCreate(cell.ToString(), UriKind.Absolute, out var uri) && uri.Host.Length > 0));

    private static bool IsPhone(ReadOnlySpan<char> cell)
    {
        if (cell.Length is < 6 or > 30 || cell.IndexOfAnyExcept("0123456789+-(). /x\u00A0") >= 0 || cell.LastIndexOf('+') > 1)
        {
            return false;
        }

        return AsciiDigits.Count(cell) is >= 6 and <= 15;
    }
}
