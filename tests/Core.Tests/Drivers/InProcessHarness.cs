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
    private Task _refused = Task.CompletedTask;

    public override bool SettlesAtSource => false;

    /// <summary>A page is read at once; its events stay in the feed.</summary>
    public override int MostHeld => MaxInFlight + 256;

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

        _database = new SqliteAgentDatabase(_folder.Path);
        await _database.OpenAsync(CancellationToken.None);
        return new InProcessDriver(
            [_feed], new StoredCursors(_database, TimeProvider.System), Options.Create(new AgentOptions { MaxInFlight = MaxInFlight }),
            TimeProvider.System, NullLogger<InProcessDriver>.Instance);
    }

    public override Task BreakAsync()
    {
        _refused = _feed.Break();
        return Task.CompletedTask;
    }

    public override Task HealAsync()
    {
        _feed.Heal();
        return Task.CompletedTask;
    }

    public override Task WhenRefusedAsync() => _refused;

    public override Task<int?> HeldAsync(int unsettled) => Task.FromResult<int?>((int)_feed.ReadUpTo - (_feed.Count - unsettled));

    public override async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _folder.Dispose();
    }
}
