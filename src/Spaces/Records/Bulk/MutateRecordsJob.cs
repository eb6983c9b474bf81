using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Jobs;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Records.Bulk;

/// <summary><c>mutate-records</c>: its text is JavaScript, and this server runs none. It is refused when it is created, not later.</summary>
internal sealed class MutateRecordsJob(string type) : ISystemJob
{
    private const string Why =
        "'mutateRecord' is JavaScript, and this server has no JavaScript engine. Change the rows from a listener, by records.bulkUpdate or by find-replace.";

    /// <inheritdoc />
    public string Name => $"{type}:mutate-records";

    /// <summary>Why a mutation is not run.</summary>
    public static ApiRefusal Refused() => ApiRefusal.Bad("mutateRecord", Why);

    /// <inheritdoc />
    public IEnumerable<ApiFault> Check(SpaceRead read, JsonObject job) => [new ApiFault("config.mutateRecord", Why)];

    /// <inheritdoc />
    public Task<JobOutcome> RunAsync(SystemJobRun run) => throw Refused();
}
