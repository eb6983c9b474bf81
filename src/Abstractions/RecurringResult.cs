using System.Text.Json.Nodes;

namespace Flatfile.Agent;

/// <summary>How a run of recurring work ended well.</summary>
/// <param name="Message">One line for the operator.</param>
public sealed record RecurringResult(string Message)
{
    /// <summary>Numbers and lists, kept beside the run.</summary>
    public JsonObject? Details { get; init; }
}
