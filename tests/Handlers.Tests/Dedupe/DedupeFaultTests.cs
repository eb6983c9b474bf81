using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Tests.Dedupe;

/// <summary>Deaths, failed pages and people who go on editing, while duplicates are removed on the real server.</summary>
public sealed class DedupeFaultTests : IAsyncLifetime
{
    private const int Rows = 230;

    private DedupeBench _bench = null!;

    public async Task InitializeAsync()
    {
        _bench = await DedupeBench.StartAsync();
        await _bench.Sheet.InsertAsync([.. Enumerable.Range(0, Rows).Select(i => new[] { $"{i % 100}@x", i < 100 ? null : $"n{i}", "1" })]);
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    /// <summary>Dies at every call there is, one after the other, before and behind it, until a run comes through.</summary>
    [Theory]
    [InlineData("first")]
    [InlineData("last")]
    [InlineData("merge")]
    public async Task ADeathAtAnyCallLeavesNothingUndoneAndNothingDoneTwice(string keep)
    {
        var context = await _bench.JobAsync("dedupe", new JsonObject { ["on"] = "mail", ["keep"] = keep });
        var deaths = 0;
        for (var at = 1; ; at++)
        {
            var (calls, done) = (0, default(JobResult));
            foreach (var isBefore in new[] { true, false })
            {
                calls = 0;
                var interference = new Interference { BeforeAsync = _ => isBefore && ++calls == at ? throw new Crash() : Task.CompletedTask };
                interference.After = _ =>
                {
                    if (!isBefore && ++calls == at)
                    {
                        throw new Crash();
                    }
                };
                using var client = _bench.Sheet.Server.ClientThrough(interference);
                try
                {
                    done = await _bench.RunAsync(context, client);
                }
                catch (Crash)
                {
                    deaths++;
                }
            }

            if (done is not null)
            {
                Assert.Equal((Rows, Rows - 100, Rows - 100), ((long)done.Details!["rowsRead"]!, (long)done.Details["duplicates"]!, (long)done.Details["rowsDeleted"]!));
                break;
            }
        }

        Assert.True(deaths > 10, $"only {deaths} deaths");
        var rows = await _bench.RowsAsync();
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}@x").Order(), rows.Select(r => r.Split('/')[0]).Order());
        Assert.All(rows, row => Assert.Equal(NameOf(keep, row.Split('@')[0]), row.Split('/')[1]));
        var snapshots = 0;
        await foreach (var _ in _bench.Client.Snapshots.ListAsync(_bench.Sheet.Sheet.Id))
        {
            snapshots++;
        }

        Assert.Equal(1, snapshots);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, -1)]
    [InlineData(HttpStatusCode.OK, 100)]
    public async Task AReadingThatFailsOrEndsEarlyFailsTheRunAndRemovesNothing(HttpStatusCode status, int lines)
    {
        var interference = new Interference
        {
            Change = (call, answer) => call.EndsWith("records.jsonl", StringComparison.Ordinal) ? Cut(answer, status, lines) : null,
        };
        using var client = _bench.Sheet.Server.ClientThrough(interference);
        var context = await _bench.JobAsync("dedupe", new JsonObject { ["on"] = "mail" });

        var fault = await Assert.ThrowsAnyAsync<Exception>(() => _bench.RunAsync(context, client));

        Assert.True(fault is FlatfileApiException || fault.Message == "Only 100 of the 230 rows of People could be read; nothing was removed.", fault.ToString());
        Assert.Equal(Rows, (await _bench.RowsAsync()).Count);
        Assert.DoesNotContain(interference.Calls, call => call.StartsWith("DELETE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ADeletionThatFailsFailsTheRunAndIsNotSkipped()
    {
        var left = 2;
        var interference = new Interference
        {
            BeforeAsync = call => call.StartsWith("DELETE", StringComparison.Ordinal) && --left == 0 ? throw new HttpRequestException("away") : Task.CompletedTask,
        };
        using var client = _bench.Sheet.Server.ClientThrough(interference);
        var context = await _bench.JobAsync("dedupe", new JsonObject { ["on"] = "mail" });

        await Assert.ThrowsAnyAsync<Exception>(() => _bench.RunAsync(context, client));
        Assert.Equal(Rows - 50, (await _bench.RowsAsync()).Count);

        var result = await _bench.RunAsync(context, _bench.Client);
        Assert.Equal(Rows - 100, (long)result.Details!["rowsDeleted"]!);
        Assert.Equal(100, (await _bench.RowsAsync()).Count);
    }

    [Fact]
    public async Task ARowThatSomebodyChangesMeanwhileStays()
    {
        var all = await _bench.Sheet.RowsAsync();
        var interference = new Interference
        {
            BeforeAsync = call => call == "POST /v1/snapshots"
                ? _bench.Client.Records.UpdateAsync(
                    _bench.Sheet.Sheet.Id,
                    [new() { Id = all[150].Id, Values = new() { ["mail"] = new CellValue { Value = JsonSerializer.SerializeToElement("new@x") } } }])
                : Task.CompletedTask,
        };
        using var client = _bench.Sheet.Server.ClientThrough(interference);

        var result = await _bench.RunAsync(await _bench.JobAsync("dedupe", new JsonObject { ["on"] = "mail" }), client);

        Assert.Equal((129, 1), ((long)result.Details!["rowsDeleted"]!, (long)result.Details["changedMeanwhile"]!));
        Assert.Contains("new@x/n150/1", await _bench.RowsAsync());
    }

    private static string NameOf(string keep, string number)
    {
        var first = int.Parse(number, System.Globalization.CultureInfo.InvariantCulture);
        return keep switch
        {
            "first" => "",
            "last" => $"n{(first < 30 ? first + 200 : first + 100)}",
            _ => $"n{first + 100}",
        };
    }

    private static HttpResponseMessage Cut(HttpResponseMessage answer, HttpStatusCode status, int lines)
    {
        if (status != HttpStatusCode.OK)
        {
            return new HttpResponseMessage(status) { Content = new StringContent("{}", Encoding.UTF8, "application/json"), RequestMessage = answer.RequestMessage };
        }

        using var reader = new StreamReader(answer.Content.ReadAsStream());
        var some = Enumerable.Range(0, lines).Select(_ => reader.ReadLine()).ToList();
        return new HttpResponseMessage(status) { Content = new StringContent(string.Join('\n', some), Encoding.UTF8, "application/x-ndjson"), RequestMessage = answer.RequestMessage };
    }
}
