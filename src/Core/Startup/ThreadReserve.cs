using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Startup;

/// <summary>Sees to it, from a thread of its own, that the thread pool answers although code of plugins blocks its threads.</summary>
/// <remarks>
/// Leases and broker locks are renewed on the pool. The pool adds one or two threads a second when all of its own are blocked, which is
/// too late for a lease. The watch asks the pool for a sign of life; when none comes, it lets the pool have at once as many threads as
/// work waits, up to a limit, and takes them back when the pool has answered at once for a while.
/// </remarks>
internal sealed partial class ThreadReserve(TimeProvider time, ILogger<ThreadReserve> log) : IHostedService, IDisposable
{
    /// <summary>Blocked threads beyond this number are no longer made up for.</summary>
    public const int Most = 2_000;

    private const int Spare = 16;
    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(1);

    /// <summary>A machine that is busy for a moment is no handler that blocks.</summary>
    private static readonly TimeSpan Worth = TimeSpan.FromSeconds(2);

    private readonly ManualResetEventSlim _stop = new();
    private Thread? _thread;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _thread = new Thread(Watch) { IsBackground = true, Name = "thread reserve" };
        _thread.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _stop.Set();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _stop.Set();
        _thread?.Join();
    }

    private void Watch()
    {
        ThreadPool.GetMinThreads(out var usual, out var ports);
        var reserve = usual;
        var starved = time.GetTimestamp();
        while (!_stop.Wait(Pulse))
        {
            // A new one each time and never disposed: the pool may answer long after nobody listens any more.
            var alive = new ManualResetEventSlim();
            var (asked, told) = (time.GetTimestamp(), false);
            ThreadPool.UnsafeQueueUserWorkItem(static signal => signal.Set(), alive, preferLocal: false);
            while (!alive.Wait(Pulse) && !_stop.IsSet)
            {
                starved = time.GetTimestamp();
                var wanted = (int)Math.Min(Most, ThreadPool.ThreadCount + Math.Min(ThreadPool.PendingWorkItemCount, Most) + Spare);
                if (wanted > reserve)
                {
                    reserve = wanted;
                    ThreadPool.SetMinThreads(reserve, ports);
                }

                if (!told && time.GetElapsedTime(asked) > Worth)
                {
                    told = true;
                    Starved(log, ThreadPool.ThreadCount, ThreadPool.PendingWorkItemCount, reserve);
                }
            }

            if (reserve > usual && time.GetElapsedTime(starved) > Calm)
            {
                reserve = usual;
                ThreadPool.SetMinThreads(usual, ports);
            }
        }

        ThreadPool.SetMinThreads(usual, ports);
    }
}
