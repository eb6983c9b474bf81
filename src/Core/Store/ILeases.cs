namespace Flatfile.Agent.Core.Store;

/// <summary>Named leases: at most one agent of those that share a store holds each.</summary>
/// <remarks>Times are the store's: no two machines' clocks are compared.</remarks>
internal interface ILeases
{
    /// <summary>
    /// Takes a lease that nobody holds, whose time ran out, or whose holder is no node any more. Null while somebody else holds it. Every taking
    /// raises the fence, also by the same owner.
    /// </summary>
    Task<Lease?> TakeAsync(string name, string owner, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Holds it for longer; false when it was lost.</summary>
    Task<bool> RenewAsync(Lease lease, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Lets the next one have it at once. Nothing happens when it was lost.</summary>
    Task GiveBackAsync(Lease lease, CancellationToken cancellationToken);
}
