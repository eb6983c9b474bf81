using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Flatfile.Agent.Drivers.AzureServiceBus.Rules;

/// <summary>Which rules a subscription lacks and which may go, decided from their names alone.</summary>
/// <remarks>
/// A rule's name says for which topic it is and on which day a node last asked for it. Each node renews its own rules and removes only those that nobody
/// has asked for in days: a node with fewer handlers, or an older one that is still running, takes nothing away from the others.
/// What is to be added must stand before anything is removed.
/// </remarks>
/// <param name="Add">Name, and the topic; null for all events.</param>
/// <param name="Remove">Names.</param>
internal sealed record RulePlan(IReadOnlyList<(string Name, string? Topic)> Add, IReadOnlyList<string> Remove)
{
    /// <summary>The rule every subscription is born with: all events.</summary>
    public const string DefaultRule = "$Default";

    /// <summary>Days after which a rule that no node asks for is removed.</summary>
    public const int KeptDays = 7;

    /// <summary>More topics than this are not worth a rule each; the bus has a limit of rules too.</summary>
    public const int MostTopics = 100;

    private const string Prefix = "flatfile-";
    private const string All = "all";
    private const string Day = "yyyyMMdd";

    /// <param name="existing">Names of the rules there are.</param>
    /// <param name="defaultTakesAll">True when the rule the subscription was born with is there and still lets everything through.</param>
    /// <param name="topics">What the handlers are bound to; null for anything.</param>
    /// <param name="today">The day the names are made with.</param>
    public static RulePlan Of(IReadOnlyCollection<string> existing, bool defaultTakesAll, IReadOnlyCollection<string>? topics, DateOnly today)
    {
        var wanted = Wanted(topics);
        var ours = existing.Select(Read).OfType<(string Name, string Key, DateOnly Asked)>().ToList();

        var add = new List<(string, string?)>();
        var newest = new Dictionary<string, DateOnly>(StringComparer.Ordinal);
        foreach (var (key, topic) in wanted)
        {
            var asked = ours.Where(r => r.Key == key).Select(r => r.Asked).DefaultIfEmpty(DateOnly.MinValue).Max();
            if (asked < today)
            {
                add.Add((NameOf(key, today), topic));
                asked = today;
            }

            newest[key] = asked;
        }

        var remove = ours
            .Where(r => newest.TryGetValue(r.Key, out var kept) ? r.Asked < kept : r.Asked < today.AddDays(-KeptDays))
            .Select(r => r.Name)
            .Concat(defaultTakesAll ? [DefaultRule] : []);
        return new RulePlan(add, [.. remove]);
    }

    /// <summary>The topics for which no rule of ours is there, of whatever day; "all events" stands for anything.</summary>
    public static IReadOnlyList<string> Missing(IReadOnlyCollection<string> existing, IReadOnlyCollection<string>? topics)
    {
        var there = existing.Select(Read).OfType<(string Name, string Key, DateOnly Asked)>().Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
        return [.. Wanted(topics).Where(w => !there.Contains(w.Key)).Select(w => w.Value ?? "all events")];
    }

    private static Dictionary<string, string?> Wanted(IReadOnlyCollection<string>? topics) => topics is null || topics.Count > MostTopics
        ? new() { [All] = null }
        : topics.Distinct(StringComparer.Ordinal).ToDictionary(KeyOf, t => (string?)t);

    private static string NameOf(string key, DateOnly day) => Prefix + key + "-" + day.ToString(Day, CultureInfo.InvariantCulture);

    /// <summary>Topics may hold characters a rule's name may not, and be longer than it may be.</summary>
    private static string KeyOf(string topic) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(topic)))[..24];

    private static (string Name, string Key, DateOnly Asked)? Read(string name)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var dash = name.LastIndexOf('-');
        return dash > Prefix.Length && DateOnly.TryParseExact(name[(dash + 1)..], Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked)
            ? (name, name[Prefix.Length..dash], asked)
            : null;
    }
}
