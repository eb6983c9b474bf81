using System.Collections.Concurrent;
using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>Renews the leases of all runs of this process, from a thread that nothing else uses: code of plugins may block every thread of the pool.</summary>
internal sealed partial class LeaseThread(ITicketStore tickets, IOptions<AgentOptions> options, TimeProvider time, ILogger<LeaseThread> log) : IDisposable
{
    private readonly ConcurrentDictionary<RunControl, bool> _runs = [];
    private readonly ManualResetEventSlim _some = new();
    private readonly ManualResetEventSlim _stop = new();
    private readonly Lock _lock = new();
    private Thread? _thread;

    private TimeSpan Length => options.Value.Jobs.Lease;

    /// <summary>Keeps the lease of a run until the answer is disposed.</summary>
    public IDisposable Keep(RunControl run)
    {
        _runs[run] = true;
        lock (_lock)
        {
            if (_thread is null)
            {
                _thread = new Thread(Renew) { IsBackground = true, Name = "leases of the agent's jobs" };
                _thread.Start();
            }
        }

        _some.Set();
        return new Kept(this, run);
    }

    public void Dispose()
    {
        _stop.Set();
        _some.Set();
        _thread?.Join();
        _some.Dispose();
        _stop.Dispose();
    }

    private void Renew()
    {
        while (!_stop.Wait(Length / 6))
        {
            if (_runs.IsEmpty)
            {
                // Looked at after the reset: a run or an end that came before it would not be waited for, but slept through.
                _some.Reset();
                if (_runs.IsEmpty && !_stop.IsSet)
                {
                    _some.Wait();
                }

                continue;
            }

            RenewAll([.. _runs.Keys.Where(run => run.Cause != RunEndCause.LeaseLost)]);
        }
    }

    private void RenewAll(IReadOnlyList<RunControl> runs)
    {
        var (asked, clock) = (time.GetTimestamp(), time.GetUtcNow());
        try
        {
            var owned = tickets.RenewNow([.. runs.Select(run => (run.Lease.Ticket.Id, run.Lease.Ticket.Lease))], Length);
            foreach (var run in runs)
            {
                if (owned.Contains(run.Lease.Ticket.Id))
                {
                    run.Lease.Renewed(asked, clock);
                }
                else if (_runs.ContainsKey(run))
                {
                    Lose(run);
                }
            }
        }
        catch (Exception fault)
        {
            NotRenewed(log, fault, runs.Count);
            foreach (var run in runs.Where(run => run.Lease.IsOver))
            {
                Lose(run);
            }
        }
    }

    private void Lose(RunControl run)
    {
        LeaseLost(log, run.Lease.Ticket.JobId, run.Lease.Ticket.Attempt);
        run.End(RunEndCause.LeaseLost);
    }

    private sealed class Kept(LeaseThread owner, RunControl run) : IDisposable
    {
        public void Dispose() => owner._runs.TryRemove(run, out _);
    }
}
