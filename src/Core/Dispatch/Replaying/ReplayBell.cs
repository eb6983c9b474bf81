namespace Flatfile.Agent.Core.Dispatch.Replaying;

/// <summary>Wakes the replayer of this process when a replay was asked for here.</summary>
internal sealed class ReplayBell : Bell;
