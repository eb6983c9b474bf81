using System.Collections.Concurrent;
using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Api;

namespace Core.Tests.Jobs;

/// <summary>A job that goes through a sheet page by page, against the real server.</summary>
public sealed class PagesTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(int Attempt, int Number, int Rows)> _pages = [];
    private SpacesWorld _world = null!;

    public async Task InitializeAsync() => _world = await SpacesWorld.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    [Trait("Row", "J-04")]
    [Trait("Row", "J-06")]
    public async Task Killed_at_every_page_boundary_and_in_between_each_row_is_copied_once_and_no_run_begins_at_the_first_page_again()
    {
        var (source, target) = (await _world.SheetAsync(14), await _world.SheetAsync(0));
        var dieInside = false;
        _world.OnJob("space:copy", async (context, client, token) =>
        {
            var rows = await context.ForEachPageAsync(
                new SheetQuery(source) { PageSize = 3 },
                async (page, inner) =>
                {
                    _pages.Enqueue((context.Attempt, page.Number, page.Records.Count));
                    await SpacesWorld.InsertAsync(client, target, page.Records.Select(r => r.GetText("n")), page.WriteKey, inner);
                    if (dieInside)
                    {
                        _world.Agent!.Die();
                        inner.ThrowIfCancellationRequested();
                    }
                },
                token);
            return new JobResult($"{rows} rows");
        });
        var job = await _world.StartJobAsync("space:copy");

        // Before the place is stored, after it is, and with the page copied and nothing said of it: in turn, a page further each time.
        for (var life = 0; life < 12; life++)
        {
            dieInside = life % 3 == 2;
            var (committed, notes) = (life % 3 == 1, 0);
            var agent = await SpacesAgent.StartAsync(_world, (write, done, _) => !dieInside && write == "ticket.note" && done == committed && ++notes == 1);
            await agent.Crashed.WaitAsync();
            await agent.DisposeAsync();
        }

        dieInside = false;
        await using var last = await SpacesAgent.StartAsync(_world);
        var end = await _world.EndOfAsync(job.Id);

        Assert.Equal(JobStatus.Complete, end.Status);
        Assert.Equal("14 rows", (string)end.Outcome!["message"]!);
        Assert.Equal(Enumerable.Range(1, 14).Select(i => $"{i}"), await _world.ValuesAsync(target));
        var firsts = _pages.GroupBy(p => p.Attempt).Select(g => g.First().Number).ToList();
        Assert.Equal(firsts.Order(), firsts);
        Assert.Equal(2, firsts.Count(n => n == 1));
    }

    [Fact]
    public async Task Rows_taken_out_while_nothing_ran_shift_no_row_past_the_next_run()
    {
        var source = await _world.SheetAsync(10);
        var seen = new ConcurrentQueue<string>();
        SpacesAgent? agent = null;
        _world.OnJob("space:read", async (context, _, token) =>
        {
            await context.ForEachPageAsync(
                new SheetQuery(source) { PageSize = 4 },
                (page, _) =>
                {
                    page.Records.ToList().ForEach(r => seen.Enqueue(r.GetText("n")!));
                    return Task.CompletedTask;
                },
                token);
            return new JobResult("read");
        });
        var job = await _world.StartJobAsync("space:read");
        agent = await SpacesAgent.StartAsync(_world, (write, committed, _) => write == "ticket.note" && committed);
        await agent.Crashed.WaitAsync();
        await agent.DisposeAsync();
        var page = await _world.Client.Records.GetPageAsync(source, new RecordQuery { PageSize = 2 });
        await _world.Client.Records.DeleteAsync(source, [.. page.Records.Select(r => r.Id)]);

        await using var again = await SpacesAgent.StartAsync(_world);
        await _world.EndOfAsync(job.Id);

        Assert.Equal(Enumerable.Range(1, 10).Select(i => $"{i}"), seen);
    }

    [Fact]
    public async Task A_way_that_was_gone_to_its_end_is_not_gone_again_and_two_of_one_sheet_have_names()
    {
        var source = await _world.SheetAsync(5);
        _world.OnJob("space:twice", async (context, _, token) =>
        {
            var rows = 0L;
            foreach (var name in new[] { "first", "second", "first" })
            {
                rows += await context.ForEachPageAsync(
                    new SheetQuery(source) { Name = name, PageSize = 5 },
                    (page, _) =>
                    {
                        _pages.Enqueue((context.Attempt, page.Number, page.Records.Count));
                        return Task.CompletedTask;
                    },
                    token);
            }

            return new JobResult($"{rows}");
        });
        var job = await _world.StartJobAsync("space:twice");
        await using var agent = await SpacesAgent.StartAsync(_world);
        var end = await _world.EndOfAsync(job.Id);

        Assert.Equal("15", (string)end.Outcome!["message"]!);
        Assert.Equal([(1, 1, 5), (1, 1, 5)], _pages);
    }
}
