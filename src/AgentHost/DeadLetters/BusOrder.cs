using System.Text.Json.Serialization;

namespace Flatfile.Agent.Host.DeadLetters;

/// <summary>A request to move messages of the bus's own dead-letter queue back to where they are received, as it travels.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record BusOrder
{
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>The oldest up to the limit, when no ids are given.</summary>
    public bool All { get; init; }

    public bool DryRun { get; init; }

    public int? Limit { get; init; }
}
