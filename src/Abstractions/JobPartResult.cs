using System.Text.Json.Nodes;

namespace Flatfile.Agent;

/// <summary>What became of a part.</summary>
/// <param name="Number">0 for the first part.</param>
/// <param name="JobId">The part's own job, <c>us_jb_…</c>.</param>
/// <param name="Succeeded">False when it failed after all its tries, or was cancelled.</param>
/// <param name="Outcome">Message and details of its <see cref="JobResult"/>, or the reason of its failure, as stored in Flatfile.</param>
public sealed record JobPartResult(int Number, string JobId, bool Succeeded, JsonObject Outcome)
{
    /// <summary>The text a person reads.</summary>
    public string Message => Outcome["message"]?.ToString() ?? string.Empty;
}
