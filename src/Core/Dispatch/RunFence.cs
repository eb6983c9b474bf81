namespace Flatfile.Agent.Core.Dispatch;

/// <summary>Stands between a scope's handler and Flatfile. Once closed, no call of the scope goes out and those on their way are cancelled.</summary>
internal sealed class RunFence : IDisposable
{
    private readonly CancellationTokenSource _closed = new();

    public CancellationToken Token => _closed.Token;

    public void Close() => _closed.Cancel();

    public void Dispose() => _closed.Dispose();
}
