namespace Flatfile.Agent.Core.Store;

/// <summary>A lease is somebody else's by now: what was to be done under it may not be done any more.</summary>
internal sealed class LeaseGoneException(Lease lease)
    : Exception($"The lease '{lease.Name}' (fence {lease.Fence}) was taken over by another agent; nothing was written.");
