using Flatfile.Agent.Core.Dispatch;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>The reins of one run: who ends it, and why. The first cause stands.</summary>
internal sealed class RunControl(RunFence fence) : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private int _cause;

    /// <summary>What the handler's token follows.</summary>
    public CancellationToken Token => _ended.Token;

    public RunEndCause Cause => (RunEndCause)Volatile.Read(ref _cause);

    public void End(RunEndCause cause)
    {
        if (Interlocked.CompareExchange(ref _cause, (int)cause, (int)RunEndCause.None) != (int)RunEndCause.None)
        {
            return;
        }

        if (cause == RunEndCause.LeaseLost)
        {
            fence.Close();
        }

        try
        {
            _ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The run ended by itself at the same moment.
        }
    }

    public void Dispose() => _ended.Dispose();
}
