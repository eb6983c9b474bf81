using Contracts.Support;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Contracts.Store;

/// <summary>Queues of events, leases and payloads.</summary>
public abstract partial class AgentStoreContract
{
    private static readonly HashSet<long> Nothing = [];

    [ContractFact]
    public async Task Events_leave_a_queue_in_the_order_they_came_and_no_id_stands_in_it_twice()
    {
        var (one, other) = await TwoAsync();
        var first = await one.Queue.AppendAsync("q", new QueueEntry([Queued("1"), Queued("2"), Queued("1")]), CancellationToken.None);
        var second = await other.Queue.AppendAsync("q", new QueueEntry([Queued("2"), Queued("3")]), CancellationToken.None);
        await other.Queue.AppendAsync("another", new QueueEntry([Queued("2")]), CancellationToken.None);

        Assert.Equal((2, 1), (first.Size.Events, second.Size.Events));
        var all = await other.Queue.ReadAsync("q", Nothing, 10, long.MaxValue, CancellationToken.None);
        Assert.Equal(["us_evt_1", "us_evt_2", "us_evt_3"], all.Select(e => e.Id));
        Assert.Equal(("a:b", "key", "00-trace", "{1}"), (all[0].Topic, all[0].OrderingKey, all[0].TraceParent, System.Text.Encoding.UTF8.GetString(all[0].Body.Span)));
        Assert.Equal(new QueueSize(3, 9), await one.Queue.MeasureAsync("q", CancellationToken.None));

        await one.Queue.RemoveAsync("q", [all[0].Position, all[2].Position], null, CancellationToken.None);
        Assert.Equal(["us_evt_2"], (await one.Queue.ReadAsync("q", Nothing, 10, long.MaxValue, CancellationToken.None)).Select(e => e.Id));
        Assert.Equal(1, (await one.Queue.MeasureAsync("another", CancellationToken.None)).Events);
    }

    [ContractFact]
    public async Task A_queue_is_read_within_both_limits_without_what_is_in_hand_but_never_not_at_all()
    {
        var node = await _harness.NodeAsync();
        await node.Queue.AppendAsync("q", new QueueEntry([.. Enumerable.Range(10, 9).Select(i => Queued($"{i}"))]), CancellationToken.None);
        var all = await node.Queue.ReadAsync("q", Nothing, 100, long.MaxValue, CancellationToken.None);

        Assert.Equal(3, (await node.Queue.ReadAsync("q", Nothing, 3, long.MaxValue, CancellationToken.None)).Count);
        Assert.Equal(2, (await node.Queue.ReadAsync("q", Nothing, 3, 9, CancellationToken.None)).Count);
        Assert.Single(await node.Queue.ReadAsync("q", Nothing, 3, 1, CancellationToken.None));
        var rest = await node.Queue.ReadAsync("q", all.Take(4).Select(e => e.Position).Append(all[7].Position).ToHashSet(), 100, long.MaxValue, CancellationToken.None);
        Assert.Equal(["us_evt_14", "us_evt_15", "us_evt_16", "us_evt_18"], rest.Select(e => e.Id));
    }

    [ContractFact]
    [Trait("Row", "E-25")]
    public async Task A_reader_beside_several_writers_misses_nothing()
    {
        const int each = 150;
        var (one, other) = await TwoAsync();
        var writing = Task.WhenAll(Enumerable.Range(0, 2 * each).Select(i => Task.Run(
            () => (i % 2 == 0 ? one : other).Queue.AppendAsync("q", new QueueEntry([Queued($"{i}")]), CancellationToken.None))));
        var read = new HashSet<string>();
        await Signal.UntilAsync(
            async () =>
            {
                var events = await one.Queue.ReadAsync("q", Nothing, 20, long.MaxValue, CancellationToken.None);
                Assert.All(events, e => Assert.True(read.Add(e.Id), e.Id));
                await one.Queue.RemoveAsync("q", [.. events.Select(e => e.Position)], null, CancellationToken.None);
                return read.Count == 2 * each;
            },
            "all events");
        await writing;

        Assert.Equal(0, (await other.Queue.MeasureAsync("q", CancellationToken.None)).Events);
    }

    [ContractFact]
    public async Task An_entry_sent_again_is_known_until_it_is_forgotten_and_what_it_holds_is_stored_whole_or_not_at_all()
    {
        var (one, other) = await TwoAsync();
        var letter = new DeadLetter(0, null, null, null, "no event", null, 1, "x"u8.ToArray(), TimeProvider.System.GetUtcNow());
        var entry = new QueueEntry([Queued("1")]) { EntryId = "msg_1", DeadLetters = [letter] };
        Assert.False((await one.Queue.AppendAsync("q", entry, CancellationToken.None)).IsRepeated);
        Assert.True((await other.Queue.AppendAsync("q", entry with { Events = [Queued("2")] }, CancellationToken.None)).IsRepeated);
        Assert.Equal(0, await one.Queue.PruneEntriesAsync("q", TimeSpan.FromMinutes(10), CancellationToken.None));

        Assert.Equal(1, (await one.Queue.MeasureAsync("q", CancellationToken.None)).Events);
        Assert.Equal(1, await CountAsync(one, "dead_letters"));
        Assert.Equal(1, await one.Queue.PruneEntriesAsync("q", -TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.False((await one.Queue.AppendAsync("q", entry, CancellationToken.None)).IsRepeated);
    }

    [ContractFact]
    public async Task A_letter_no_handler_saw_is_kept_once_as_long_as_it_waits()
    {
        var (one, other) = await TwoAsync();
        QueueEntry Entry(string id, string? eventId) => new([])
        {
            EntryId = id, DeadLetters = [new DeadLetter(0, eventId, null, null, "no event", null, 1, "x"u8.ToArray(), TimeProvider.System.GetUtcNow())],
        };

        await one.Queue.AppendAsync("q", Entry("msg_1", null), CancellationToken.None);
        await other.Queue.AppendAsync("q", Entry("msg_2", null), CancellationToken.None);
        Assert.Equal(1, await CountAsync(one, "dead_letters"));
        await one.Queue.AppendAsync("q", Entry("msg_3", "us_evt_1"), CancellationToken.None);
        await other.Queue.AppendAsync("q", Entry("msg_4", "us_evt_1"), CancellationToken.None);
        Assert.Equal(2, await CountAsync(one, "dead_letters"));

        await one.Database.WriteAsync("drop", c => { c.Run("UPDATE dead_letters SET dropped_at = 1"); }, CancellationToken.None);
        await one.Queue.AppendAsync("q", Entry("msg_5", null), CancellationToken.None);
        Assert.Equal(3, await CountAsync(one, "dead_letters"));
    }

    [ContractFact]
    public async Task A_lease_has_one_holder_and_who_lost_it_writes_nothing()
    {
        var (one, _) = await TwoAsync();
        await one.Database.WriteAsync("node", c => { c.Run("INSERT INTO nodes(owner, name, alive_until) VALUES('b', 'b', 99999999999999)"); }, CancellationToken.None);
        var long1 = TimeSpan.FromMinutes(1);
        var held = await one.Leases.TakeAsync("l", one.Owner.Id, long1, CancellationToken.None);
        Assert.Null(await one.Leases.TakeAsync("l", "b", long1, CancellationToken.None));
        Assert.True(await one.Leases.RenewAsync(held!, long1, CancellationToken.None));
        await one.Queue.AppendAsync("q", new QueueEntry([Queued("1")]) { Under = held }, CancellationToken.None);

        // Its time runs out and another one takes it.
        await one.Leases.RenewAsync(held!, -long1, CancellationToken.None);
        var next = await one.Leases.TakeAsync("l", "b", long1, CancellationToken.None);

        Assert.True(next!.Fence > held!.Fence);
        Assert.False(await one.Leases.RenewAsync(held, long1, CancellationToken.None));
        await Assert.ThrowsAsync<LeaseGoneException>(() => one.Queue.AppendAsync("q", new QueueEntry([Queued("2")]) { Under = held }, CancellationToken.None));
        var events = await one.Queue.ReadAsync("q", Nothing, 10, long.MaxValue, CancellationToken.None);
        await Assert.ThrowsAsync<LeaseGoneException>(() => one.Queue.RemoveAsync("q", [events[0].Position], held, CancellationToken.None));
        await one.Leases.GiveBackAsync(held, CancellationToken.None);
        Assert.Null(await one.Leases.TakeAsync("l", one.Owner.Id, long1, CancellationToken.None));
        Assert.Equal(["us_evt_1"], (await one.Queue.ReadAsync("q", Nothing, 10, long.MaxValue, CancellationToken.None)).Select(e => e.Id));

        await one.Leases.GiveBackAsync(next, CancellationToken.None);
        Assert.NotNull(await one.Leases.TakeAsync("l", one.Owner.Id, long1, CancellationToken.None));
    }

    [ContractFact]
    public async Task A_lease_of_an_agent_that_is_no_node_any_more_is_free_at_once()
    {
        var node = await _harness.NodeAsync();
        Assert.NotNull(await node.Leases.TakeAsync("l", "gone", TimeSpan.FromHours(1), CancellationToken.None));
        Assert.Equal(2, (await node.Leases.TakeAsync("l", node.Owner.Id, TimeSpan.FromHours(1), CancellationToken.None))!.Fence);
    }

    [ContractFact]
    public async Task Work_under_a_lease_is_stopped_when_the_lease_is_lost_and_goes_on_at_the_next_holder()
    {
        var takeover = TimeSpan.FromSeconds(2);
        var node = await _harness.NodeAsync();
        var begun = new Arrivals<Lease>("holders");
        var stopped = new Signal("the first work to be stopped");
        using var end = new CancellationTokenSource();
        var holding = new LeaseHolder(node.Leases, "l", node.Owner, takeover, TimeProvider.System, NullLogger.Instance).RunAsync(
            async (lease, token) =>
            {
                begun.Add(lease);
                await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                stopped.Set();
            },
            end.Token);
        await begun.WaitForAsync(1);

        // Longer than the lease: it is renewed meanwhile.
        await Task.Delay(takeover);
        Assert.False(stopped.IsSet);
        await node.Database.WriteAsync("steal", c => { c.Run("UPDATE leases SET owner = 'thief', fence = fence + 1 WHERE name = 'l'"); }, CancellationToken.None);
        await stopped.WaitAsync();
        var leases = await begun.WaitForAsync(2);

        Assert.Equal(leases[0].Fence + 2, leases[1].Fence);
        await end.CancelAsync();
        await Signal.WaitAsync(holding, "the holder to end");
    }

    [ContractFact]
    public async Task A_payload_is_found_as_it_was_put_until_its_age_is_over()
    {
        var (one, other) = await TwoAsync();
        await one.Payloads.PutAsync("us_evt_1", "old"u8.ToArray(), CancellationToken.None);
        await one.Payloads.PutAsync("us_evt_1", "new"u8.ToArray(), CancellationToken.None);

        Assert.Equal("new"u8.ToArray(), await other.Payloads.FindAsync("us_evt_1", CancellationToken.None));
        Assert.Null(await other.Payloads.FindAsync("us_evt_2", CancellationToken.None));
        Assert.Equal(0, await one.Payloads.PruneAsync(TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.Equal(1, await one.Payloads.PruneAsync(-TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.Null(await other.Payloads.FindAsync("us_evt_1", CancellationToken.None));
    }

    private static QueuedEvent Queued(string number) => new(0, "us_evt_" + number, "a:b", "key", System.Text.Encoding.UTF8.GetBytes($"{{{number}}}"), "00-trace");
}
