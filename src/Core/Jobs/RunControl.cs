using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Store;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>The reins of one run: who ends it, and why. The first cause stands.</summary>
internal sealed class RunControl : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly RunFence _fence;
    private readonly TimeProvider _time;
    private int _cause;
    private long _signAt;
    private int _saves;
    private JobFailedException? _failure;

    public RunControl(RunFence fence, RunLease lease, IJobNotes notes, TimeProvider time)
    {
        _fence = fence;
        _time = time;
        _signAt = time.GetTimestamp();
        Lease = lease;
        Memory = new RunMemory(notes, this);
        fence.Run = this;
    }

    /// <summary>The run's right to its ticket.</summary>
    public RunLease Lease { get; }

    /// <summary>What the machine remembers of the job.</summary>
    public IRunMemory Memory { get; }

    /// <summary>What the handler's token follows.</summary>
    public CancellationToken Token => _ended.Token;

    public RunEndCause Cause => (RunEndCause)Volatile.Read(ref _cause);

    /// <summary>Whether the server refuses the changes of older runs, and so knows keys of idempotency too.</summary>
    public bool ServerFences { get; set; }

    /// <summary>What makes the job fail whatever its handler says; null for nothing.</summary>
    public JobFailedException? Failure => Volatile.Read(ref _failure);

    /// <summary>How long nothing was seen of the run: no report, no checkpoint, no call to Flatfile.</summary>
    public TimeSpan Silence => _time.GetElapsedTime(Interlocked.Read(ref _signAt));

    /// <summary>How often the handler has saved how far it is.</summary>
    public int Saves => Volatile.Read(ref _saves);

    /// <summary>The handler has saved how far it is.</summary>
    public void Saved()
    {
        Interlocked.Increment(ref _saves);
        SignOfLife();
    }

    public void SignOfLife() => Interlocked.Exchange(ref _signAt, _time.GetTimestamp());

    /// <summary>The job fails with this, and the run may change nothing more: what it would do next rests on what nobody knows.</summary>
    public void Fail(JobFailedException failure) => Interlocked.CompareExchange(ref _failure, failure, null);

    /// <summary>Throws what <see cref="Fail"/> was given.</summary>
    public void ThrowIfFailed()
    {
        if (Failure is { } failure)
        {
            throw new JobFailedException(failure.Message, failure) { Details = failure.Details };
        }
    }

    public void End(RunEndCause cause)
    {
        if (Interlocked.CompareExchange(ref _cause, (int)cause, (int)RunEndCause.None) != (int)RunEndCause.None)
        {
            return;
        }

        if (cause == RunEndCause.LeaseLost)
        {
            _fence.Close();
        }

        try
        {
            // What the handler does upon it must not hold up whoever says so.
            _ = _ended.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The run ended by itself at the same moment.
        }
    }

    public void Dispose() => _ended.Dispose();
}
