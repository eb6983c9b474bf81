using System.Text.Json.Nodes;

namespace Flatfile.Agent;

/// <summary>One callback bound in a <see cref="FlatfileListener"/>.</summary>
/// <param name="Topics">Topic globs, any of which may match.</param>
/// <param name="Filter">The filter in JSON form, or null.</param>
/// <param name="Callback">What to run.</param>
/// <param name="Id">The name given to it, or null.</param>
public sealed record ListenerEntry(
    IReadOnlyList<string> Topics, JsonNode? Filter, Func<EventContext, CancellationToken, Task> Callback, string? Id)
{
    /// <summary>How it is run; null for the defaults.</summary>
    public HandlerRules? Rules { get; init; }
}
