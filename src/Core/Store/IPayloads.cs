namespace Flatfile.Agent.Core.Store;

/// <summary>Events too large for a bus, kept here while their claim travels.</summary>
internal interface IPayloads
{
    /// <summary>Durable when it returns. The age counts from the last time it was put.</summary>
    Task PutAsync(string id, ReadOnlyMemory<byte> body, CancellationToken cancellationToken);

    /// <summary>The event as it was put, or null.</summary>
    Task<byte[]?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Removes what was put longer ago. Returns how many.</summary>
    Task<int> PruneAsync(TimeSpan age, CancellationToken cancellationToken);
}
