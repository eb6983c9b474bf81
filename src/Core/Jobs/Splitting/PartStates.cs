using System.Text.Json.Nodes;
using Flatfile.Api;

namespace Flatfile.Agent.Core.Jobs.Splitting;

/// <summary>How the parts of a split job stand.</summary>
internal sealed class PartStates(SplitPlan plan, IReadOnlyList<Job> parts)
{
    /// <summary>Whether the parts were made at all.</summary>
    public bool AreMade => parts.Count > 0;

    /// <summary>Parts planned.</summary>
    public int Count => plan.Weights.Count;

    /// <summary>Parts that have ended.</summary>
    public int Ended => parts.Count(HasEnded);

    /// <summary>Whether all have.</summary>
    public bool HaveEnded => parts.Count >= Count && Ended == parts.Count;

    /// <summary>How far they are together, in percent, each by its weight.</summary>
    public double Percent
    {
        get
        {
            var all = plan.Weights.Sum();
            return all <= 0 ? 0 : parts.Sum(p => Weight(p) * (HasEnded(p) ? 100 : Math.Clamp(p.Progress ?? 0, 0, 100))) / all;
        }
    }

    /// <summary>What became of them.</summary>
    public IReadOnlyList<JobPartResult> Results =>
        [.. parts.OrderBy(p => p.Part).Select(p => new JobPartResult(
            p.Part ?? 0, p.Id, p.Status == JobStatus.Complete, p.Outcome?.DeepClone().AsObject() ?? new JsonObject { ["message"] = p.Info ?? p.Status }))];

    /// <summary>Asks how they stand.</summary>
    public static async Task<PartStates> ReadAsync(SplitPlan plan, string jobId, FlatfileClient client, CancellationToken cancellationToken)
    {
        var parts = new List<Job>();
        await foreach (var part in client.Jobs.ListAsync(new JobQuery { ParentId = jobId, SortDirection = "asc" }, cancellationToken).ConfigureAwait(false))
        {
            parts.Add(part);
        }

        return new PartStates(plan, parts);
    }

    private static bool HasEnded(Job part) => part.Status is JobStatus.Complete or JobStatus.Failed or JobStatus.Canceled;

    private double Weight(Job part) => part.Part is { } number && number < plan.Weights.Count ? plan.Weights[number] : 0;
}
