using Contracts.Support;
using Flatfile.Agent.Core.Store;

namespace Contracts.Store;

/// <summary>What the agent's store keeps in every dialect. Subclass it with a harness; green means the dialect is done.</summary>
public abstract partial class AgentStoreContract : IAsyncLifetime
{
    private AgentStoreHarness _harness = null!;

    protected abstract Task<AgentStoreHarness> CreateHarnessAsync();

    public async Task InitializeAsync() => _harness = await CreateHarnessAsync();

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [ContractFact]
    [Trait("Row", "E-12")]
    public async Task A_done_event_is_known_for_the_whole_window_and_forgotten_after_it()
    {
        var node = await _harness.NodeAsync();
        var window = TimeSpan.FromDays(7);
        foreach (var (id, age) in new[] { ("hour", TimeSpan.FromHours(1)), ("day", TimeSpan.FromDays(1)), ("nearly", window - TimeSpan.FromHours(1)), ("past", window + TimeSpan.FromHours(1)) })
        {
            await node.Inbox.DoneAsync(id, "h", CancellationToken.None);
            await node.Database.WriteAsync(
                "age", c => { c.Run("UPDATE inbox SET done_at = done_at - @age WHERE event_id = @id", ("@age", (long)age.TotalMilliseconds), ("@id", id)); }, CancellationToken.None);
        }

        await node.TakeAsync("open");
        var forgotten = await node.Inbox.PruneAsync(TimeProvider.System.GetUtcNow() - window, CancellationToken.None);

        Assert.Equal(1, forgotten);
        Assert.Equal(["day", "hour", "nearly", "open"], await node.KnownAsync());
        Assert.Equal(InboxAnswer.Done, (await node.TakeAsync("nearly")).Answer);
    }

    [ContractFact]
    public async Task Many_writes_at_once_all_stand_and_each_gets_its_own_answer()
    {
        var node = await _harness.NodeAsync();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => node.Inbox.DoneAsync($"us_evt_{i}", "h", CancellationToken.None)));

        // Even numbers are there, odd ones are not; numbers and rows come back mixed with writes of several statements.
        var counts = Enumerable.Range(0, 100).Select(i => node.Database.RunAsync(
            "count", "UPDATE inbox SET starts = @n WHERE event_id = @id", CancellationToken.None, ("@n", i), ("@id", i % 2 == 0 ? $"us_evt_{i / 2}" : "none"))).ToList();
        var rows = Enumerable.Range(0, 50).Select(i => node.Database.RunAsync(
            "rows", "UPDATE inbox SET owner = @o WHERE event_id = @id RETURNING event_id, owner", r => (r.GetString(0), r.GetString(1)), CancellationToken.None,
            ("@o", $"o{i}"), ("@id", i < 25 ? $"us_evt_{i}" : "none"))).ToList();
        var works = Enumerable.Range(0, 20).Select(i => node.Database.WriteAsync(
            "work", c => c.Run("INSERT INTO cursors(driver, position, at) VALUES(@d, @p, 0)", ("@d", $"d{i}"), ("@p", "p")) + i, CancellationToken.None)).ToList();

        Assert.Equal(Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? 1 : 0), await Task.WhenAll(counts));
        var answers = await Task.WhenAll(rows);
        Assert.Equal(Enumerable.Range(0, 25).Select(i => ($"us_evt_{i}", $"o{i}")), answers.Take(25).Select(a => Assert.Single(a)));
        Assert.All(answers.Skip(25), Assert.Empty);
        Assert.Equal(Enumerable.Range(1, 20), await Task.WhenAll(works));
    }

    [ContractFact]
    public async Task A_write_that_fails_fails_alone()
    {
        var node = await _harness.NodeAsync();
        var writes = new List<Task>();
        for (var i = 0; i < 100; i++)
        {
            writes.Add(node.Inbox.DoneAsync($"us_evt_{i}", "h", CancellationToken.None));
            writes.Add(node.Database.RunAsync("bad", "INSERT INTO inbox(event_id, handler_id, starts) VALUES(@e, NULL, 0)", CancellationToken.None, ("@e", $"bad_{i}")));
            writes.Add(node.Database.WriteAsync("throws", c =>
            {
                c.Run("DELETE FROM inbox");
                throw new InvalidOperationException("after a statement");
            }, CancellationToken.None));
        }

        await Signal.WaitAsync(Task.WhenAll(writes).ContinueWith(_ => { }, TaskScheduler.Default), "all writes to end");

        Assert.Equal(200, writes.Count(w => w.IsFaulted));
        Assert.Equal(100, await CountAsync(node, "inbox"));
    }

    [ContractFact]
    public async Task Text_that_a_database_refuses_is_kept_readable()
    {
        var node = await _harness.NodeAsync();
        await node.Letters.AddAsync(
            new DeadLetter(0, "us_evt_1", "space:updated", "h", "zero \0 and half a pair \uD83D end", "stack \0", 1, new byte[] { 0, 1, 255 }, TimeProvider.System.GetUtcNow()), CancellationToken.None);

        var kept = Assert.Single(await node.Letters.ListAsync(10, CancellationToken.None));

        Assert.Equal("zero \uFFFD and half a pair \uFFFD end", kept.Reason);
        Assert.Equal([0, 1, 255], kept.Body.ToArray());
    }

    [ContractFact]
    public async Task A_dead_letter_marks_its_event_as_done_and_is_dropped_once()
    {
        var (one, other) = await TwoAsync();
        var letter = new DeadLetter(0, "us_evt_1", "space:updated", "h", "because", null, 5, "{}"u8.ToArray(), TimeProvider.System.GetUtcNow());
        await one.Letters.AddAsync(letter, CancellationToken.None);
        await one.Letters.AddAsync(letter with { EventId = null, Topic = null, HandlerId = null }, CancellationToken.None);
        Assert.Equal(InboxAnswer.Done, (await other.TakeAsync("us_evt_1")).Answer);

        var kept = await other.Letters.ListAsync(10, CancellationToken.None);
        Assert.Equal([null, "us_evt_1"], kept.Select(l => l.EventId));
        var dropped = await Task.WhenAll(one.Letters.DropAsync([kept[1].Id], CancellationToken.None), other.Letters.DropAsync([kept[1].Id], CancellationToken.None));

        Assert.Single(dropped.SelectMany(ids => ids));
        Assert.Single(await other.Letters.ListAsync(10, CancellationToken.None));
    }

    [ContractFact]
    public async Task A_cursor_is_where_it_was_saved_last()
    {
        var (one, other) = await TwoAsync();
        Assert.Null(await one.Cursors.LoadAsync("d", CancellationToken.None));

        await one.Cursors.SaveAsync("d", "7", CancellationToken.None);
        await one.Cursors.SaveAsync("d", "8", CancellationToken.None);

        Assert.Equal("8", await other.Cursors.LoadAsync("d", CancellationToken.None));
    }

    [ContractFact]
    public async Task An_agent_that_entered_is_alive_by_the_databases_clock()
    {
        var (one, other) = await TwoAsync();

        var alive = await one.Database.ReadAsync(
            c => c.Query($"SELECT owner FROM nodes WHERE alive_until > {one.Database.Now}", r => r.GetString(0)), CancellationToken.None);

        Assert.Contains(one.Owner.Id, alive);
        Assert.Contains(other.Owner.Id, alive);
    }

    private static Task<int> CountAsync(StoreNode node, string table) =>
        node.Database.ReadAsync(c => c.Query($"SELECT count(*) FROM {table}", r => r.GetInt32(0))[0], CancellationToken.None);

    private async Task<(StoreNode One, StoreNode Other)> TwoAsync() => (await _harness.NodeAsync(), await _harness.NodeAsync());
}
