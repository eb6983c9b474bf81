using Contracts.Support;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;

namespace Core.Tests.Store;

public sealed class AgentDatabaseTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Row", "F-05")]
    public async Task Many_writes_at_once_are_all_there_after_a_restart()
    {
        await using (var database = await OpenAsync())
        {
            var inbox = StoredInbox.Of(database, new AgentOwner(), TimeProvider.System);
            await Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => inbox.DoneAsync($"us_evt_{i}", "h", CancellationToken.None)));
        }

        await using var again = await OpenAsync();
        var count = await again.ReadAsync(c => c.Query("SELECT count(*) FROM inbox", r => r.GetInt32(0))[0], CancellationToken.None);

        Assert.Equal(2_000, count);
    }

    [Fact]
    public async Task A_write_that_fails_does_not_take_its_group_with_it()
    {
        await using var database = await OpenAsync();
        var inbox = StoredInbox.Of(database, new AgentOwner(), TimeProvider.System);
        var writes = new List<Task>();
        for (var i = 0; i < 200; i++)
        {
            var number = i;
            writes.Add(inbox.DoneAsync($"us_evt_{number}", "h", CancellationToken.None));
            writes.Add(database.WriteAsync("bad", c => { c.Run("INSERT INTO inbox(event_id, handler_id, starts) VALUES(@e, NULL, 0)", ("@e", $"bad_{number}")); }, CancellationToken.None));
        }

        await Task.WhenAll(writes).ContinueWith(_ => { }, TaskScheduler.Default);
        var count = await database.ReadAsync(c => c.Query("SELECT count(*) FROM inbox", r => r.GetInt32(0))[0], CancellationToken.None);

        Assert.Equal(200, writes.Count(w => w.IsFaulted));
        Assert.Equal(200, count);
    }

    [Fact]
    public async Task A_second_agent_on_the_same_folder_is_told_what_to_do()
    {
        await using var first = await OpenAsync();
        await using var second = new SqliteAgentDatabase(_folder.Path);

        var fault = await Assert.ThrowsAsync<AgentStartException>(() => second.OpenAsync(CancellationToken.None));

        Assert.Contains("Stop the other agent", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Agent:DataFolder", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_a_newer_agent_is_refused()
    {
        await using (var database = await OpenAsync())
        {
            await database.WriteAsync("version", c => { c.Run("PRAGMA user_version = 99"); }, CancellationToken.None);
        }

        await using var again = new SqliteAgentDatabase(_folder.Path);
        var fault = await Assert.ThrowsAsync<AgentStartException>(() => again.OpenAsync(CancellationToken.None));

        Assert.Contains("newer agent", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_inbox_forgets_only_what_is_done_and_old()
    {
        await using var database = await OpenAsync();
        var inbox = StoredInbox.Of(database, new AgentOwner(), TimeProvider.System);
        await inbox.DoneAsync("us_evt_done", "h", CancellationToken.None);
        await inbox.ClaimAsync("us_evt_open", ["h"], CancellationToken.None);

        Assert.Equal(0, await inbox.PruneAsync(TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(7), CancellationToken.None));
        Assert.Equal(1, await inbox.PruneAsync(TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(1), CancellationToken.None));
        Assert.Equal(
            ["us_evt_open"], await database.ReadAsync(c => c.Query("SELECT event_id FROM inbox", r => r.GetString(0)), CancellationToken.None));
    }

    private async Task<AgentDatabase> OpenAsync()
    {
        var database = new SqliteAgentDatabase(_folder.Path);
        await database.OpenAsync(CancellationToken.None);
        return database;
    }
}
