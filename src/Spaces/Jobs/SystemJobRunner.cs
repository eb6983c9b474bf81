using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Records;
using Flatfile.Spaces.Storage;
using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Jobs;

/// <summary>Runs the jobs of <see cref="SystemJobs"/>: in each space one after the other, a few spaces at once.</summary>
/// <remarks>
/// What is due stands in the spaces. The relay, which sees every commit, says which space has something due; at start the registry knows.
/// </remarks>
internal sealed partial class SystemJobRunner(
    SystemJobs jobs, SpaceRegistry registry, CentralStore central, SpacesOptions options, TimeProvider time, ILogger<SystemJobRunner> logger)
{
    /// <summary>A job that begins this often without getting ahead takes the server down each time: it is given up.</summary>
    private const int MostAttempts = 10;

    private static readonly TimeSpan StoragePause = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Channel<SpaceFolder> _queue = Channel.CreateUnbounded<SpaceFolder>();
    private readonly Dictionary<long, bool> _known = [];
    private readonly ConcurrentDictionary<(long Space, long Job), CancellationTokenSource> _running = new();
    private readonly ConcurrentDictionary<ITimer, bool> _later = new();

    /// <summary>Says that a space may have a job due.</summary>
    public void Look(SpaceFolder space)
    {
        lock (_lock)
        {
            if (!_known.TryAdd(space.Number, false))
            {
                _known[space.Number] = true;
                return;
            }
        }

        _queue.Writer.TryWrite(space);
    }

    /// <summary>Says that a job was ended from outside; its run learns it now, not with its next step.</summary>
    public void Stop(ResourceId job)
    {
        if (_running.TryGetValue((job.Space, job.Number), out var running))
        {
            try
            {
                running.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It has just ended by itself.
            }
        }
    }

    /// <summary>Looks up what the last run of the server left due, and works until stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var left = await central.ReadAsync(
            connection => connection.Rows(
                "SELECT number, environment FROM spaces WHERE state = 'live' AND jobs_due = 1 ORDER BY number",
                row => (Number: row.GetInt64(0), Environment: row.GetString(1))),
            stopping).ConfigureAwait(false);
        left.ForEach(space => Look(registry.At(space.Number, space.Environment)));
        try
        {
            await Task.WhenAll(Enumerable.Range(0, options.SystemJobsAtOnce).Select(_ => WorkAsync(stopping))).ConfigureAwait(false);
        }
        finally
        {
            foreach (var timer in _later.Keys)
            {
                await timer.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task WorkAsync(CancellationToken stopping)
    {
        await foreach (var space in _queue.Reader.ReadAllAsync(stopping).ConfigureAwait(false))
        {
            do
            {
                await RunSpaceAsync(space, stopping).ConfigureAwait(false);
            }
            while (LookedMeanwhile(space));
        }
    }

    private bool LookedMeanwhile(SpaceFolder space)
    {
        lock (_lock)
        {
            if (_known[space.Number])
            {
                _known[space.Number] = false;
                return true;
            }

            _known.Remove(space.Number);
            return false;
        }
    }

    private async Task RunSpaceAsync(SpaceFolder space, CancellationToken stopping)
    {
        try
        {
            while (await space.ReadAsync(read => JobRuns.Next(read.Connection), stopping).ConfigureAwait(false) is { } number)
            {
                if (!await RunJobAsync(space, new ResourceId(IdPrefix.Job, space.Number, number), stopping).ConfigureAwait(false))
                {
                    return;
                }
            }
        }
        catch (ApiRefusal gone) when (gone.Status == 404)
        {
            // The space was deleted.
        }
        catch (ApiRefusal fault) when (IsStorage(fault))
        {
            LogSpaceWaits(logger, space.Id, fault.Message);
            LookLater(space);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogFailed(logger, fault, "?", space.Id);
            LookLater(space);
        }
    }

    /// <summary>Runs one job; false when the space has to wait.</summary>
    private async Task<bool> RunJobAsync(SpaceFolder space, ResourceId id, CancellationToken stopping)
    {
        if (await space.WriteAsync(central.AccountId, write => ServedJob.Begin(write, id), stopping).ConfigureAwait(false) is not { } begun)
        {
            return true;
        }

        using var running = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _running[(id.Space, id.Number)] = running;
        var run = new SystemJobRun(space, id, begun.Job, begun.Checkpoint, time, running.Token);
        try
        {
            if (begun.Attempts > MostAttempts)
            {
                await FailAsync(run, $"The job began {MostAttempts} times and never got ahead, as if it took the server down each time. The server's log may say why. Change the job and retry it.", stopping).ConfigureAwait(false);
                return true;
            }

            var code = jobs.Find(begun.Job) ?? throw ApiRefusal.NotBuilt($"The job {SystemJobs.NameOf(begun.Job)}");
            var outcome = await code.RunAsync(run).ConfigureAwait(false);
            await run.WriteAsync(write => JobMachine.End(write, id, JobStatus.Complete, new JsonObject { ["outcome"] = outcome.ToJson(), ["info"] = outcome.Message }, byServer: true)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            stopping.ThrowIfCancellationRequested();
        }
        catch (ApiRefusal fault) when (IsStorage(fault))
        {
            LogWaits(logger, id.ToString(), space.Id, StoragePause, fault.Message);
            LookLater(space);
            return false;
        }
        catch (Exception fault) when (fault is ApiRefusal or RecordBodyException)
        {
            await FailAsync(run, fault.Message, stopping).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            LogFailed(logger, fault, id.ToString(), space.Id);
            await FailAsync(run, $"Something failed in the server. Its log has the details under job {id}.", stopping).ConfigureAwait(false);
        }
        finally
        {
            _running.TryRemove((id.Space, id.Number), out _);
        }

        return true;
    }

    private static Task FailAsync(SystemJobRun run, string reason, CancellationToken stopping) => run.Space.WriteAsync(
        run.Job.Text("createdBy") ?? "",
        write =>
        {
            ServedJob.Fail(write, run.JobId, reason);
            return true;
        },
        stopping);

    private static bool IsStorage(ApiRefusal fault) => fault.Status is 503 or 507;

    private void LookLater(SpaceFolder space)
    {
        ITimer? timer = null;
        timer = time.CreateTimer(
            _ =>
            {
                _later.TryRemove(timer!, out var _);
                timer!.Dispose();
                Look(space);
            },
            null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _later[timer] = true;
        timer.Change(StoragePause, Timeout.InfiniteTimeSpan);
    }
}
