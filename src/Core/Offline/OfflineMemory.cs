using System.Collections.Concurrent;
using Flatfile.Agent.Core.Jobs;

namespace Flatfile.Agent.Core.Offline;

/// <summary>What the machine remembers during a replay; empty at its beginning.</summary>
internal sealed class OfflineMemory : IRunMemory
{
    private readonly ConcurrentDictionary<string, byte[]> _kept = new(StringComparer.Ordinal);

    public Task<byte[]?> LoadAsync(string name, CancellationToken cancellationToken) => Task.FromResult(_kept.GetValueOrDefault(name));

    public Task<bool> IsBehindAsync(string name, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task SaveAsync(string name, byte[] state, bool gotAhead, CancellationToken cancellationToken)
    {
        _kept[name] = state;
        return Task.CompletedTask;
    }
}
