using Contracts.Support;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;

namespace Core.Tests.Store;

public sealed class InboxLogTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly AgentOwner _owner = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_a_process_left_in_the_log_is_in_the_inbox_of_the_next_one()
    {
        await using (var database = await OpenAsync())
        {
            var inbox = StoredInbox.Of(database, _owner, TimeProvider.System);
            await inbox.ClaimAsync("us_evt_1", ["a", "b", "c"], CancellationToken.None);
            await inbox.DoneAsync("us_evt_1", "b", CancellationToken.None);
            Assert.Equal(2, await CountAsync(database, "inbox_log"));
            Assert.Equal(0, await CountAsync(database, "inbox"));
        }

        await using var again = await OpenAsync();
        Assert.Equal(0, await CountAsync(again, "inbox_log"));
        var claims = await StoredInbox.Of(again, new AgentOwner(), TimeProvider.System).ClaimAsync("us_evt_1", ["a", "b", "c"], CancellationToken.None);

        Assert.Equal(
            [new InboxClaim(InboxAnswer.Claimed, 1), new InboxClaim(InboxAnswer.Done), new InboxClaim(InboxAnswer.Claimed, 1)], claims);
    }

    [Fact]
    public async Task A_long_log_is_sorted_in_and_nothing_of_it_is_taken_twice()
    {
        await using var database = await OpenAsync();
        var inbox = StoredInbox.Of(database, _owner, TimeProvider.System);
        await Parallel.ForAsync(0, 3_000, async (i, token) =>
        {
            await inbox.ClaimAsync($"us_evt_{i}", ["a", "b"], token);
            await inbox.DoneAsync($"us_evt_{i}", "a", token);
            await inbox.DoneAsync($"us_evt_{i}", "b", token);
        });

        Assert.InRange(await CountAsync(database, "inbox_log"), 0, 5_000);
        Assert.InRange(await CountAsync(database, "inbox"), 1, 6_000);
        var again = await Task.WhenAll(Enumerable.Range(0, 3_000).Select(i => inbox.ClaimAsync($"us_evt_{i}", ["a", "b"], CancellationToken.None)));

        Assert.All(again, claims => Assert.All(claims, c => Assert.Equal(InboxAnswer.Done, c.Answer)));
        Assert.Equal(6_000, await CountAsync(database, "inbox"));
    }

    [Fact]
    public async Task A_claim_stands_when_the_writes_beside_it_fail()
    {
        await using var database = await OpenAsync();
        var inbox = StoredInbox.Of(database, _owner, TimeProvider.System);
        var writes = new List<Task>();
        for (var i = 0; i < 300; i++)
        {
            writes.Add(inbox.ClaimAsync($"us_evt_{i}", ["a"], CancellationToken.None));
            writes.Add(database.WriteAsync("bad", c => { c.Run("INSERT INTO inbox(event_id, handler_id, starts) VALUES('bad', NULL, 0)"); }, CancellationToken.None));
        }

        await Task.WhenAll(writes).ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.Equal(300, writes.Count(w => w.IsFaulted));
        var other = StoredInbox.Of(database, new AgentOwner(), TimeProvider.System);
        for (var i = 0; i < 300; i++)
        {
            Assert.Equal([new InboxClaim(InboxAnswer.Claimed, 1)], await other.ClaimAsync($"us_evt_{i}", ["a"], CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_dead_letter_ends_a_claim_that_is_still_in_the_log()
    {
        await using var database = await OpenAsync();
        var inbox = StoredInbox.Of(database, _owner, TimeProvider.System);
        await inbox.ClaimAsync("us_evt_1", ["a"], CancellationToken.None);
        await new StoredDeadLetters(database, TimeProvider.System).AddAsync(
            new DeadLetter(0, "us_evt_1", "commit:created", "a", "broken", null, 1, "{}"u8.ToArray(), DateTimeOffset.UnixEpoch), CancellationToken.None);

        Assert.Equal(InboxAnswer.Done, (await inbox.ClaimAsync("us_evt_1", ["a"], CancellationToken.None))[0].Answer);
    }

    [Fact]
    public async Task A_claim_given_back_in_order_is_no_death()
    {
        await using var database = await OpenAsync();
        var inbox = StoredInbox.Of(database, _owner, TimeProvider.System);
        await inbox.ClaimAsync("us_evt_1", ["a"], CancellationToken.None);
        await inbox.ReleaseAsync("us_evt_1", "a", CancellationToken.None);

        var again = StoredInbox.Of(database, new AgentOwner(), TimeProvider.System);
        Assert.Equal([new InboxClaim(InboxAnswer.Claimed)], await again.ClaimAsync("us_evt_1", ["a"], CancellationToken.None));
        Assert.Equal([new InboxClaim(InboxAnswer.Claimed)], await again.ClaimAsync("us_evt_1", ["a"], CancellationToken.None));
    }

    [Theory]
    [InlineData("us_evt_\0_1", "a")]
    [InlineData("us_evt_\ud800_1", "a")]
    [InlineData("us_evt_1", "a\nb")]
    [InlineData("us_evt_1", "a\0b")]
    public async Task An_id_of_strange_characters_is_known_again_once_it_is_sorted_in(string eventId, string handlerId)
    {
        await using (var database = await OpenAsync())
        {
            var inbox = StoredInbox.Of(database, _owner, TimeProvider.System);
            Assert.Equal([new InboxClaim(InboxAnswer.Claimed)], await inbox.ClaimAsync(eventId, [handlerId], CancellationToken.None));
            await inbox.DoneAsync(eventId, handlerId, CancellationToken.None);
        }

        await using var again = await OpenAsync();
        var claims = await StoredInbox.Of(again, new AgentOwner(), TimeProvider.System).ClaimAsync(eventId, [handlerId], CancellationToken.None);

        Assert.Equal([new InboxClaim(InboxAnswer.Done)], claims);
    }

    private static Task<int> CountAsync(AgentDatabase database, string table) =>
        database.ReadAsync(c => c.Query($"SELECT count(*) FROM {table}", r => r.GetInt32(0))[0], CancellationToken.None);

    private async Task<AgentDatabase> OpenAsync()
    {
        var database = new SqliteAgentDatabase(_folder.Path);
        await database.OpenAsync(CancellationToken.None);
        return database;
    }
}
