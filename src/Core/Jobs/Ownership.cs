namespace Flatfile.Agent.Core.Jobs;

/// <summary>An owner's id for as long as this process may use it.</summary>
internal sealed class Ownership
{
    private readonly CancellationTokenSource _lost = new();

    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Fires when other nodes may have taken over.</summary>
    public CancellationToken Lost => _lost.Token;

    public void End() => _lost.Cancel();
}
