using Flatfile.Agent.Core.Jobs;

namespace Flatfile.Agent.Core.Dispatch;

/// <summary>Stands between a scope's handler and Flatfile. Once closed, no call of the scope goes out and those on their way are cancelled.</summary>
/// <remarks>It closes by itself when this process was taken for dead.</remarks>
internal sealed class RunFence(AgentOwner owner) : IDisposable
{
    private readonly CancellationTokenSource _closed = CancellationTokenSource.CreateLinkedTokenSource(owner.Current.Lost);

    public CancellationToken Token => _closed.Token;

    /// <summary>The run of a job whose calls these are; null for an event handler.</summary>
    public RunControl? Run { get; set; }

    /// <summary>From here on nothing goes out; what waits for an answer is cut off by another thread than this one.</summary>
    public void Close() => _ = _closed.CancelAsync();

    public void Dispose() => _closed.Dispose();
}
