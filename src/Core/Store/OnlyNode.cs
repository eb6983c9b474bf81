using System.Threading.Channels;
using Flatfile.Agent.Core.Jobs;

namespace Flatfile.Agent.Core.Store;

/// <summary>The one process that holds a store of its own: whoever held it before is dead, and this one lives as long as it runs.</summary>
internal sealed class OnlyNode(AgentDatabase database, AgentOwner owner) : INodes
{
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(1);

    public ChannelReader<bool> Changes => _changes.Reader;

    public Task EnterAsync(CancellationToken cancellationToken) =>
        database.WriteAsync("node.enter", connection =>
        {
            connection.Run("DELETE FROM nodes");
            connection.Run(
                "INSERT INTO nodes(owner, name, alive_until) VALUES(@owner, @name, @until)",
                ("@owner", owner.Current.Id), ("@name", owner.Name), ("@until", DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
        }, cancellationToken);

    public Task SettledAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task TellAsync() => Task.CompletedTask;

    public Task LeaveAsync()
    {
        _changes.Writer.TryComplete();
        return Task.CompletedTask;
    }
}
