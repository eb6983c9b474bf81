namespace Flatfile.Agent.Core.Store;

/// <summary>The right to be the only one, for a while.</summary>
/// <param name="Name">What for.</param>
/// <param name="Owner">Who has it.</param>
/// <param name="Fence">Grows with every new holder: who comes with an older number has lost it.</param>
internal sealed record Lease(string Name, string Owner, long Fence);
