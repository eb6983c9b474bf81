using System.Text.Json.Nodes;
using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Flatfile.Api;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>
/// Ends jobs that one of our handlers is for and that nobody works on: their event was lost, or the store with their ticket was. Without this
/// they would stand in Flatfile as ready or executing for ever. On one agent at a time.
/// </summary>
internal sealed partial class AbandonedJobs(
    ITicketStore tickets, ILeases leases, AgentOwner owner, FlatfileClientFactory clients, HandlerCatalogSource catalogs, ShutdownSignals signals,
    IOptions<AgentOptions> options, TimeProvider time, ILogger<AbandonedJobs> log)
{
    private static readonly TimeSpan Takeover = TimeSpan.FromMinutes(1);

    private TimeSpan Limit => options.Value.Jobs.AbandonedAfter;

    /// <summary>Goes on until the agent stops.</summary>
    public async Task RepeatAsync()
    {
        if (Limit <= TimeSpan.Zero)
        {
            return;
        }

        var holder = new LeaseHolder(leases, "abandoned jobs", owner, Takeover, time, log);
        while (!signals.Stopping.IsCancellationRequested)
        {
            try
            {
                await holder.RunAsync((_, token) => LookAgainAndAgainAsync(token), signals.Stopping).ConfigureAwait(false);
            }
            catch (Exception) when (signals.Stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                NotLooked(log, fault);
            }

            await Task.Delay(Limit / 6, time, signals.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Looks once at the jobs of the time the inbox remembers, and fails those that are abandoned. Returns their ids.</summary>
    public async Task<IReadOnlyList<string>> EndAsync(CancellationToken cancellationToken)
    {
        using var client = clients.Create(null);
        var now = time.GetUtcNow();
        var still = new List<Job>();
        await foreach (var job in client.Jobs.ListAsync(
            new JobQuery { EnvironmentId = options.Value.EnvironmentId, SortDirection = "desc", PageSize = 500 }, cancellationToken).ConfigureAwait(false))
        {
            if (job.CreatedAt < now - options.Value.InboxWindow)
            {
                break;
            }

            if (IsUnderWay(job) && job.UpdatedAt < now - Limit && IsOurs(job))
            {
                still.Add(job);
            }
        }

        var open = await tickets.OpenAsync(still.ConvertAll(j => j.Id), cancellationToken).ConfigureAwait(false);
        var ended = new List<string>();
        foreach (var job in still.Where(j => !open.Contains(j.Id)))
        {
            if (await FailAsync(client, job, cancellationToken).ConfigureAwait(false))
            {
                ended.Add(job.Id);
            }
        }

        return ended;
    }

    private async Task LookAgainAndAgainAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(Limit / 6, time, cancellationToken).ConfigureAwait(false);
            try
            {
                await EndAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                NotLooked(log, fault);
            }
        }
    }

    /// <summary>Started, and not ended. One that was only created waits for a person or a call.</summary>
    private static bool IsUnderWay(Job job) => job.Status switch
    {
        JobStatus.Executing => true,
        JobStatus.Ready => job.Trigger == JobTrigger.Immediate || job.More?.ContainsKey("executedAt") == true,
        JobStatus.Waiting => job.PartExecution is not null,
        _ => false,
    };

    /// <summary>Whether its <c>job:ready</c> would reach a job handler of this agent.</summary>
    private bool IsOurs(Job job)
    {
        var ready = new JsonObject
        {
            ["id"] = "us_evt_abandoned",
            ["topic"] = Topics.JobReady,
            ["domain"] = "job",
            ["context"] = new JsonObject { ["environmentId"] = job.EnvironmentId, ["spaceId"] = job.SpaceId, ["jobId"] = job.Id, ["fileId"] = job.FileId },
            ["payload"] = new JsonObject
            {
                ["job"] = $"{job.Type}:{job.Operation}", ["domain"] = job.Type, ["operation"] = job.Operation, ["status"] = JobStatus.Ready, ["isPart"] = job.ParentId is not null,
            },
        };
        return catalogs.Current.Match(FlatfileEvent.Parse(System.Text.Encoding.UTF8.GetBytes(ready.ToJsonString()))).Any(b => b.Kind == HandlerKind.Job);
    }

    private async Task<bool> FailAsync(FlatfileClient client, Job job, CancellationToken cancellationToken)
    {
        var reason = $"Nobody has worked on this job since {job.UpdatedAt:yyyy-MM-dd HH:mm:ss} UTC, for more than {Limit}: no agent has a ticket for it. "
            + "Its event may have been lost, or the agent's store. Retry the job.";
        try
        {
            var now = await client.Jobs.GetAsync(job.Id, cancellationToken).ConfigureAwait(false);
            if (now.UpdatedAt != job.UpdatedAt || now.Status != job.Status)
            {
                return false;
            }

            await client.Jobs.FailAsync(job.Id, JobOutcome.Failure(reason).End, cancellationToken).ConfigureAwait(false);
            Abandoned(log, job.Id, job.Status, job.UpdatedAt);
            return true;
        }
        catch (FlatfileApiException fault) when (fault.Status is System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.Conflict)
        {
            // It has ended, or is gone, in between.
            return false;
        }
    }
}
