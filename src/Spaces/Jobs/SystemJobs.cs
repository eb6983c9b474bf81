using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Jobs;

/// <summary>The jobs this server runs by itself, by name. All others are for listeners.</summary>
internal sealed class SystemJobs(IEnumerable<ISystemJob> jobs)
{
    private readonly FrozenDictionary<string, ISystemJob> _jobs = jobs.ToFrozenDictionary(job => job.Name, StringComparer.Ordinal);

    /// <summary>The job's own code; null when a listener is to run it.</summary>
    public ISystemJob? Find(JsonObject job) => _jobs.GetValueOrDefault(NameOf(job)) is { } served && served.Takes(job) ? served : null;

    /// <summary>Type and operation.</summary>
    public static string NameOf(JsonObject job) => $"{job.Text("type")}:{job.Text("operation")}";
}
