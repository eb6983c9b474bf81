using System.Text.Json.Serialization;

namespace Flatfile.Agent.Host.DeadLetters;

/// <summary>A request to give dead letters up for good, as it travels.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record DropOrder : LetterQuery
{
    /// <summary>Needed when nothing narrows.</summary>
    public bool All { get; init; }

    public bool DryRun { get; init; }

    /// <summary>At most so many, the oldest first.</summary>
    public int? Limit { get; init; }
}
