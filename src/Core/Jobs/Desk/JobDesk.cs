using System.Collections.Concurrent;
using Flatfile.Agent.Core.Startup;
using Flatfile.Api;

namespace Flatfile.Agent.Core.Jobs.Desk;

/// <summary>What an operator sees of jobs and does about them, at whichever agent of the store they run.</summary>
/// <remarks>
/// Retrying and cancelling go through Flatfile: it decides whether the job may, everybody sees it there, and what follows comes back as an
/// event like any other. Progress is read there too, so that the jobs of other agents have it.
/// </remarks>
public sealed class JobDesk : IDisposable
{
    private const int Beside = 4;
    private const int MostKept = 1000;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ITicketList _list;
    private readonly ITicketStore _tickets;
    private readonly TicketArming _arming;
    private readonly TimeProvider _time;
    private readonly Lazy<FlatfileClient> _looking;
    private readonly Lazy<FlatfileClient> _ordering;
    private readonly ConcurrentDictionary<string, (long At, JobProgress? Progress)> _known = new(StringComparer.Ordinal);

    internal JobDesk(ITicketList list, ITicketStore tickets, TicketArming arming, FlatfileClientFactory clients, TimeProvider time)
    {
        _list = list;
        _tickets = tickets;
        _arming = arming;
        _time = time;
        _looking = new Lazy<FlatfileClient>(() => clients.Create(null, repeats: false, timeout: Patience));
        _ordering = new Lazy<FlatfileClient>(() => clients.Create(null));
    }

    /// <summary>A part of a shelf: those behind a number in its order, from the start without one.</summary>
    public Task<TicketPage> ListAsync(TicketShelf shelf, long? behind, int limit, CancellationToken cancellationToken) =>
        _list.ListAsync(shelf, behind, limit, cancellationToken);

    /// <summary>How many tickets lie on each shelf.</summary>
    public Task<TicketCounts> CountAsync(CancellationToken cancellationToken) => _list.CountAsync(cancellationToken);

    /// <summary>How far jobs are, by id. One that Flatfile does not tell of now is missing. Asked at most once a second for each.</summary>
    public async Task<IReadOnlyDictionary<string, JobProgress>> ProgressAsync(IReadOnlyCollection<string> jobIds, CancellationToken cancellationToken)
    {
        Forget();
        await Parallel.ForEachAsync(
            jobIds.Where(id => !IsFresh(id)),
            new ParallelOptions { MaxDegreeOfParallelism = Beside, CancellationToken = cancellationToken },
            async (id, token) => _known[id] = (_time.GetTimestamp(), await LookAsync(id, token).ConfigureAwait(false))).ConfigureAwait(false);
        var progress = new Dictionary<string, JobProgress>(StringComparer.Ordinal);
        foreach (var id in jobIds)
        {
            if (_known.TryGetValue(id, out var known) && known.Progress is { } found)
            {
                progress[id] = found;
            }
        }

        return progress;
    }

    /// <summary>Makes the job of a ticket that ended badly ready again. False when there is no such ticket.</summary>
    /// <exception cref="FlatfileApiException">Flatfile refuses or does not answer.</exception>
    public Task<bool> RetryAsync(string ticketId, CancellationToken cancellationToken) =>
        OrderAsync(ticketId, job => _ordering.Value.Jobs.RetryAsync(job, cancellationToken), cancellationToken);

    /// <summary>Cancels the job of a ticket; a run that goes on, here or elsewhere, ends within seconds. False when there is no such ticket.</summary>
    /// <param name="ticketId">The ticket.</param>
    /// <param name="info">Shown with the job.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="FlatfileApiException">Flatfile refuses or does not answer.</exception>
    public Task<bool> CancelAsync(string ticketId, string info, CancellationToken cancellationToken) =>
        OrderAsync(ticketId, job => _ordering.Value.Jobs.CancelAsync(job, new JobCancel { Info = info }, cancellationToken), cancellationToken);

    /// <summary>Gives a ticket that waits for its time to the engine now. False when it does not wait any more.</summary>
    public async Task<bool> RequeueAsync(string ticketId, CancellationToken cancellationToken)
    {
        if (!await _list.HastenAsync(ticketId, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        await _arming.ArmAsync(ticketId, null, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var client in new[] { _looking, _ordering }.Where(c => c.IsValueCreated))
        {
            client.Value.Dispose();
        }
    }

    private async Task<bool> OrderAsync(string ticketId, Func<string, Task<Job>> order, CancellationToken cancellationToken)
    {
        if (await _tickets.FindAsync(ticketId, cancellationToken).ConfigureAwait(false) is not { } ticket)
        {
            return false;
        }

        await order(ticket.JobId).ConfigureAwait(false);
        _known.TryRemove(ticket.JobId, out _);
        return true;
    }

    private async Task<JobProgress?> LookAsync(string jobId, CancellationToken cancellationToken)
    {
        try
        {
            var job = await _looking.Value.Jobs.GetAsync(jobId, cancellationToken).ConfigureAwait(false);
            return new JobProgress(job.Status, job.Progress, job.Info);
        }
        catch (FlatfileApiException)
        {
            // The list is worth showing without it.
            return null;
        }
    }

    private bool IsFresh(string jobId) => _known.TryGetValue(jobId, out var known) && _time.GetElapsedTime(known.At) < Fresh;

    private void Forget()
    {
        if (_known.Count > MostKept)
        {
            foreach (var (id, known) in _known.Where(k => _time.GetElapsedTime(k.Value.At) >= Fresh).ToList())
            {
                _known.TryRemove(new KeyValuePair<string, (long, JobProgress?)>(id, known));
            }
        }
    }
}
