using System.Threading.Channels;

namespace Flatfile.Agent.Core.Store;

/// <summary>The agent processes that work on one store, and which of them live. A ticket or event taken by one that does not is free.</summary>
internal interface INodes
{
    /// <summary>One item whenever work may have become free: a node died, or the store is back. Several may melt into one.</summary>
    ChannelReader<bool> Changes { get; }

    /// <summary>Enters this process under its owner's id. From then on it is known to live until it leaves, dies or loses touch.</summary>
    Task EnterAsync(CancellationToken cancellationToken);

    /// <summary>Returns when it is known of every other node whether it lives, or after some seconds. At once when none has just gone.</summary>
    Task SettledAsync(CancellationToken cancellationToken);

    /// <summary>Tells the others that work of this node has become free, so that they look at once and not some time later. It may fail unseen.</summary>
    Task TellAsync();

    /// <summary>Takes this process out; what it still holds is free at once.</summary>
    Task LeaveAsync();
}
