using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Agent.Host.DeadLetters;

/// <summary>A request to replay dead letters, as it travels.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ReplayOrder : LetterQuery
{
    /// <summary>Needed when nothing narrows.</summary>
    public bool All { get; init; }

    public bool DryRun { get; init; }

    /// <summary>The event to send instead, for one letter.</summary>
    public JsonElement? Edited { get; init; }

    /// <summary>At most so many, the oldest first.</summary>
    public int? Limit { get; init; }
}
