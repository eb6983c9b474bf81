using System.Globalization;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Retention;

/// <summary>A data retention policy: so many days after a space was created, or was last active, its data goes.</summary>
/// <param name="Id">The policy.</param>
/// <param name="SinceCreated">The clock starts at the creation; else at the last activity.</param>
/// <param name="Period">How long data is kept.</param>
internal sealed record RetentionRule(string Id, bool SinceCreated, TimeSpan Period)
{
    /// <summary>Reads a stored policy; null for one that cannot be meant, which deletes nothing.</summary>
    public static RetentionRule? Of(JsonObject policy) =>
        policy.Text("type") is "sinceCreated" or "lastActivity" && policy["period"] is JsonValue value && value.TryGetValue<double>(out var days) && days is > 0 and < 1_000_000
            ? new RetentionRule(policy.Text("id")!, policy.Text("type") == "sinceCreated", TimeSpan.FromDays(days))
            : null;

    /// <summary>When the data of a space goes by the earliest of several rules; null when by none.</summary>
    public static (DateTimeOffset At, RetentionRule Rule)? Earliest(IEnumerable<RetentionRule> rules, JsonObject space)
    {
        (DateTimeOffset At, RetentionRule Rule)? earliest = null;
        foreach (var rule in rules)
        {
            if (space.Text(rule.SinceCreated ? "createdAt" : "lastActivityAt") is { } text
                && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start)
                && (earliest is null || start + rule.Period < earliest.Value.At))
            {
                earliest = (start + rule.Period, rule);
            }
        }

        return earliest;
    }
}
