namespace Flatfile.Agent.Core.Dispatch;

/// <summary>The two stages of going down: begin nothing new, and let go of what still runs.</summary>
internal sealed class ShutdownSignals : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _halted = new();

    /// <summary>Begin nothing new; finish what runs.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>The grace time is over.</summary>
    public CancellationToken Halted => _halted.Token;

    public Task StopAsync() => _stopping.CancelAsync();

    public async Task HaltAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _halted.CancelAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _halted.Dispose();
    }
}
