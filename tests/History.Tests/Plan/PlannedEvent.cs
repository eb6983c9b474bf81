using System.Globalization;
using System.Text;
using Flatfile.Agent;

namespace History.Tests.Plan;

/// <summary>One event of a plan.</summary>
/// <param name="Number">Its place in the order of first publication.</param>
/// <param name="Space">The space it happens in.</param>
/// <param name="Kind">What it does to its handlers.</param>
/// <param name="IsPicked">Whether the flaky handler gets it.</param>
/// <param name="Failures">How often the flaky handler fails first.</param>
/// <param name="HasStray">True when a double of it travels under another key, so that its place in the order is not promised.</param>
internal sealed record PlannedEvent(int Number, string Space, EventKind Kind, bool IsPicked, int Failures, bool HasStray)
{
    public string Id { get; } = string.Create(CultureInfo.InvariantCulture, $"us_evt_{Number:00000000}");

    /// <summary>The handlers that must have an effect on it, once.</summary>
    public IEnumerable<string> Handlers => IsPicked ? ["history/first", "history/flaky"] : ["history/first"];

    /// <summary>The handler that gives it up, or null.</summary>
    public string? GivenUpBy => Kind switch
    {
        EventKind.Hopeless => "history/hopeless",
        EventKind.Deadly => "history/deadly",
        _ => null,
    };

    /// <summary>As it travels; a stray double has a key of its own.</summary>
    public OutgoingEvent ToOutgoing(string? strayKey = null) => new()
    {
        Id = Id,
        Topic = "space:updated",
        OrderingKey = strayKey ?? Space,
        Body = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$$"""
            {"id":"{{{Id}}}","topic":"space:updated","domain":"space","context":{"spaceId":"{{{Space}}}","environmentId":"us_env_history"},
             "payload":{"space":"{{{Space}}}","kind":"{{{Kind.ToString().ToLowerInvariant()}}}","pick":"{{{(IsPicked ? "yes" : "no")}}}","failures":{{{Failures}}}},
             "createdAt":"2026-01-01T00:00:00.000Z"}
            """)),
    };
}
