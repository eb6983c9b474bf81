using Contracts.Drivers;
using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Drivers.InProcess;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Core.Tests.Drivers;

/// <summary>The InProcess driver over a feed and a store on disk.</summary>
internal sealed class InProcessHarness : EventDriverHarness
{
    private readonly TestFolder _folder = new();
    private readonly MemoryFeed _feed = new();
    private AgentDatabase? _database;

    public override Task PublishAsync(string id, string key)
    {
        _feed.Publish(Event(id, key, TimeProvider.System.GetUtcNow()));
        return Task.CompletedTask;
    }

    public override async Task<IEventDriver> StartDriverAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _database = new AgentDatabase(_folder.Path);
        await _database.OpenAsync(CancellationToken.None);
        return new InProcessDriver(
            [_feed], new SqliteDriverCursors(_database, TimeProvider.System), Options.Create(new AgentOptions { MaxInFlight = MaxInFlight }),
            TimeProvider.System, NullLogger<InProcessDriver>.Instance);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _folder.Dispose();
    }
}
