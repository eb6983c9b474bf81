using System.Text.Json.Nodes;
using Flatfile.Api.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Flatfile.Api.Tests.Clients;

public class ListTests
{
    [Fact]
    public async Task AListWithPageNumbersIsReadToItsLastPage()
    {
        await using var server = await TestServer.StartAsync((c, _) => c.JsonAsync(Page(c, SpaceOf, total: 5, withPagination: true)));
        using var client = server.Client();

        var spaces = await client.Spaces.ListAsync(new SpaceQuery { PageSize = 2 }).ToListAsync();

        Assert.Equal(["us_1", "us_2", "us_3", "us_4", "us_5"], spaces.Select(s => s.Id));
        Assert.Equal(3, server.Seen.Count);
    }

    [Fact]
    public async Task EventsAreReadUntilAPageIsEmptyBecauseTheyCarryNoPageNumbers()
    {
        await using var server = await TestServer.StartAsync((c, _) => c.JsonAsync(Page(c, EventOf, total: 250, withPagination: false)));
        using var client = server.Client();

        var events = await client.Events.ListAsync("us_sp_1").ToListAsync();

        Assert.Equal(250, events.Count);
        Assert.Contains("spaceId=us_sp_1", server.Seen.First().Target);
    }

    [Fact]
    public async Task AServerWithSmallerPagesThanAskedLosesNothing()
    {
        await using var server = await TestServer.StartAsync((c, _) => c.JsonAsync(Page(c, EventOf, total: 7, withPagination: false, largest: 3)));
        using var client = server.Client();

        Assert.Equal(7, (await client.Events.ListAsync("us_sp_1").ToListAsync()).Count);
    }

    [Fact]
    public async Task AServerThatKnowsNoPagesIsNotReadForever()
    {
        await using var server = await TestServer.StartAsync((c, _) => c.JsonAsync($$"""{"data":[{{EventOf(1)}},{{EventOf(2)}}]}"""));
        using var client = server.Client();

        Assert.Equal(2, (await client.Events.ListAsync("us_sp_1").ToListAsync()).Count);
    }

    [Fact]
    public async Task WhatIsPushedOntoTheNextPageIsNotCountedTwice()
    {
        await using var server = await TestServer.StartAsync((c, n) => c.JsonAsync(n switch
        {
            1 => $$"""{"data":[{{EventOf(5)}},{{EventOf(4)}}]}""",
            2 => $$"""{"data":[{{EventOf(4)}},{{EventOf(3)}}]}""",
            _ => """{"data":[]}""",
        }));
        using var client = server.Client();

        var events = await client.Events.ListAsync("us_sp_1").ToListAsync();

        Assert.Equal(["us_5", "us_4", "us_3"], events.Select(e => e.Id));
    }

    [Fact]
    public async Task AnEmptyListIsEmpty()
    {
        await using var server = await TestServer.StartAsync("""{"data":[],"pagination":{"currentPage":1,"pageCount":0,"totalCount":0}}""");
        using var client = server.Client();

        Assert.Empty(await client.Jobs.ListAsync("us_sp_1").ToListAsync());
        Assert.Single(server.Seen);
    }

    [Fact]
    public async Task TheGuidesQueriesReachTheWire()
    {
        await using var server = await TestServer.StartAsync("""{"data":[]}""");
        using var client = server.Client();

        await client.Spaces.ListAsync(new SpaceQuery { Status = SpaceStatus.Completed, UpdatedBefore = new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.Zero) }).ToListAsync();

        Assert.Equal("/v1/spaces?status=completed&updatedBefore=2024-01-02T03%3A04%3A05.000Z&pageSize=100&pageNumber=1", server.Seen.Single().Target);
    }

    [Fact]
    public async Task AMembersRoleIsChangedAsTheGuideDoes()
    {
        string? body = null;
        await using var server = await TestServer.StartAsync(async (c, _) =>
        {
            body = System.Text.Encoding.UTF8.GetString(await c.BodyAsync());
            await c.JsonAsync("""{"data":{"id":"us_usr_1","email":"a@b.c","role":"admin"}}""");
        });
        using var client = server.Client();

        var user = await client.Spaces.UpdateUserAsync("us_sp_1", "us_usr_1", new SpaceUserUpdate { Role = "admin" });

        Assert.Equal("admin", user.Role);
        Assert.Equal("""{"role":"admin"}""", body);
        Assert.Equal(("PATCH", "/v1/spaces/us_sp_1/users/us_usr_1"), (server.Seen.Single().Method, server.Seen.Single().Target));
    }

    [Theory]
    [InlineData("""{"id":"us_env_1","accountId":"us_acc_1","name":"dev"}""")]
    [InlineData("""{"data":{"id":"us_env_1","accountId":"us_acc_1","name":"dev"}}""")]
    public async Task AnEnvironmentIsUpdatedWithOrWithoutEnvelope(string answer)
    {
        await using var server = await TestServer.StartAsync(answer);
        using var client = server.Client();

        Assert.Equal("dev", (await client.Environments.UpdateAsync("us_env_1", new EnvironmentConfig { Name = "dev" })).Name);
    }

    [Fact]
    public async Task AJobIsAcknowledgedWithoutABodyWhenThereIsNothingToSay()
    {
        await using var server = await TestServer.StartAsync("""{"data":{"id":"us_jb_1","type":"file","operation":"extract","source":"us_fl_1","status":"executing"}}""");
        using var client = server.Client();

        var job = await client.Jobs.AckAsync("us_jb_1");

        Assert.Equal(JobStatus.Executing, job.Status);
        Assert.DoesNotContain("Content-Type", server.Seen.Single().Headers.Keys);
    }

    private static string Page(HttpContext context, Func<int, string> item, int total, bool withPagination, int largest = int.MaxValue)
    {
        var size = Math.Min(largest, int.Parse(context.Request.Query["pageSize"]!));
        var number = int.Parse(context.Request.Query["pageNumber"]!);
        var items = Enumerable.Range(1, total).Skip((number - 1) * size).Take(size).Select(item);
        var answer = new JsonObject { ["data"] = JsonNode.Parse($"[{string.Join(',', items)}]") };
        if (withPagination)
        {
            answer["pagination"] = new JsonObject { ["currentPage"] = number, ["pageCount"] = (total + size - 1) / size, ["totalCount"] = total };
        }

        return answer.ToJsonString();
    }

    private static string SpaceOf(int n) => $$"""{"id":"us_{{n}}","name":"S","createdAt":"2023-10-30T20:04:28.556Z","updatedAt":"2023-10-30T20:04:28.556Z"}""";

    private static string EventOf(int n) => $$$"""{"id":"us_{{{n}}}","topic":"space:created","domain":"space","context":{},"payload":{},"createdAt":"2023-10-30T20:04:28.556Z"}""";
}
