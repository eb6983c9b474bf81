using System.Net;
using Flatfile.Api.Tests.Support;

namespace Flatfile.Api.Tests.Http;

public class RetryTests
{
    [Theory]
    [Trait("Row", "F-11")]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task AStatusThatMayPassIsTriedAgain(int status)
    {
        await using var server = await TestServer.StartAsync((c, n) => n < 3 ? c.JsonAsync("""{"errors":[]}""", status) : c.JsonAsync(Answers.Space));
        using var client = server.Client();

        Assert.Equal("us_sp_1", (await client.Spaces.GetAsync("us_sp_1")).Id);
        Assert.Equal(3, server.Seen.Count);
    }

    [Theory]
    [Trait("Row", "F-13")]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(501)]
    public async Task AStatusThatStaysIsNotTriedAgain(int status)
    {
        await using var server = await TestServer.StartAsync((c, _) => c.JsonAsync("""{"errors":[]}""", status));
        using var client = server.Client();

        await Assert.ThrowsAsync<FlatfileApiException>(() => client.Spaces.GetAsync("us_sp_1"));
        Assert.Single(server.Seen);
    }

    [Fact]
    public async Task AfterTheLastAttemptTheFaultSaysHowManyThereWere()
    {
        await using var server = await TestServer.StartAsync((c, _) => c.JsonAsync("""{"errors":[{"message":"tired"}]}""", 503));
        using var client = server.Client();

        var fault = await Assert.ThrowsAsync<FlatfileApiException>(() => client.Spaces.GetAsync("us_sp_1"));

        Assert.Equal(3, fault.Attempts);
        Assert.Equal(3, server.Seen.Count);
        Assert.True(fault.IsTransient);
    }

    [Fact]
    [Trait("Row", "F-11")]
    public async Task WaitsDoubleAndVaryByAFifth()
    {
        var time = new SkippingTime();
        await using var server = await TestServer.StartAsync((c, _) => c.JsonAsync("{}", 500));
        using var client = server.Client(o => o.TimeProvider = time);

        await Assert.ThrowsAsync<FlatfileApiException>(() => client.Spaces.GetAsync("us_sp_1"));

        Assert.Collection(time.Waits, w => Assert.InRange(w.TotalSeconds, 0.8, 1.2), w => Assert.InRange(w.TotalSeconds, 1.6, 2.4));
    }

    [Theory]
    [Trait("Row", "F-10")]
    [InlineData("7", 7)]
    [InlineData("Mon, 01 Jan 2024 00:00:09 GMT", 9)]
    [InlineData("3600", 60)]
    [InlineData("Fri, 01 Jan 2100 00:00:00 GMT", 60)]
    [InlineData("Sun, 31 Dec 2023 00:00:00 GMT", 0)]
    public async Task RetryAfterIsObeyedUpToTheCap(string header, int seconds)
    {
        var time = new SkippingTime();
        await using var server = await TestServer.StartAsync((c, n) =>
        {
            c.Response.Headers.RetryAfter = header;
            return n == 1 ? c.JsonAsync("{}", 429) : c.JsonAsync(Answers.Space);
        });
        using var client = server.Client(o => o.TimeProvider = time);

        await client.Spaces.GetAsync("us_sp_1").WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(TimeSpan.FromSeconds(seconds), seconds == 0 ? time.Waits.SingleOrDefault() : Assert.Single(time.Waits));
    }

    [Fact]
    [Trait("Row", "F-10")]
    public async Task AnUnreadableRetryAfterIsAsGoodAsNone()
    {
        var time = new SkippingTime();
        await using var server = await TestServer.StartAsync((c, n) =>
        {
            c.Response.Headers.RetryAfter = "soon";
            return n == 1 ? c.JsonAsync("{}", 429) : c.JsonAsync(Answers.Space);
        });
        using var client = server.Client(o => o.TimeProvider = time);

        await client.Spaces.GetAsync("us_sp_1");

        Assert.InRange(Assert.Single(time.Waits).TotalSeconds, 0.8, 1.2);
    }

    [Fact]
    public async Task EachPostCarriesOneKeyThroughItsRetriesAndAnotherTheNextTime()
    {
        await using var server = await TestServer.StartAsync((c, n) => n % 3 != 0 ? c.JsonAsync("{}", 500) : c.JsonAsync(Answers.Space));
        using var client = server.Client();

        await client.Spaces.CreateAsync(new SpaceConfig { Name = "One" });
        await client.Spaces.CreateAsync(new SpaceConfig { Name = "One" });

        var keys = server.Seen.Select(s => s.Headers["Idempotency-Key"]).ToList();
        Assert.Equal(6, keys.Count);
        Assert.Single(keys.Take(3).Distinct());
        Assert.Equal(2, keys.Distinct().Count());
    }

    [Fact]
    public async Task AGivenKeyIsSentAsItIs()
    {
        await using var server = await TestServer.StartAsync(Answers.Space);
        using var client = server.Client();

        await client.Spaces.CreateAsync(new SpaceConfig(), new RequestOptions { IdempotencyKey = "us_jb_1:us_sh_1:7" });

        Assert.Equal("us_jb_1:us_sh_1:7", server.Seen.Single().Headers["Idempotency-Key"]);
    }

    [Fact]
    public async Task ABrokenConnectionIsTriedAgain()
    {
        await using var server = await TestServer.StartAsync((c, n) =>
        {
            if (n < 3)
            {
                c.Abort();
                return Task.CompletedTask;
            }

            return c.JsonAsync(Answers.Space);
        });
        using var client = server.Client();

        Assert.Equal("us_sp_1", (await client.Spaces.CreateAsync(new SpaceConfig())).Id);
        Assert.Equal(3, server.Seen.Count);
    }

    [Fact]
    [Trait("Row", "F-12")]
    public async Task AnAnswerThatBreaksOffIsTriedAgain()
    {
        await using var server = await TestServer.StartAsync(async (c, n) =>
        {
            if (n == 1)
            {
                c.Response.ContentLength = 500;
                await c.Response.Body.WriteAsync("{\"data\":"u8.ToArray());
                c.Abort();
                return;
            }

            await c.JsonAsync(Answers.Space);
        });
        using var client = server.Client();

        Assert.Equal("us_sp_1", (await client.Spaces.GetAsync("us_sp_1")).Id);
    }

    [Fact]
    [Trait("Row", "F-12")]
    public async Task ADeletionWhoseAnswerWasLostIsDone()
    {
        await using var server = await TestServer.StartAsync((c, n) =>
        {
            if (n == 1)
            {
                c.Abort();
                return Task.CompletedTask;
            }

            return c.JsonAsync("""{"errors":[{"message":"gone"}]}""", 404);
        });
        using var client = server.Client();

        await client.Spaces.DeleteAsync("us_sp_1");

        Assert.Equal(2, server.Seen.Count);
    }

    [Fact]
    [Trait("Row", "F-15")]
    public async Task NoServerAtAllIsUnreachable()
    {
        Uri address;
        await using (var server = await TestServer.StartAsync("{}"))
        {
            address = server.Address;
        }

        using var client = new FlatfileClient(new FlatfileClientOptions { BaseAddress = address, TimeProvider = new SkippingTime(), Timeout = TimeSpan.FromMinutes(10) });

        var fault = await Assert.ThrowsAsync<FlatfileApiException>(() => client.Spaces.GetAsync("us_sp_1"));

        Assert.Equal(FlatfileErrorCode.Unreachable, fault.Code);
        Assert.Null(fault.Status);
        Assert.Contains(address.Authority, fault.Message);
    }

    [Fact]
    [Trait("Row", "F-14")]
    public async Task AnAnswerThatDoesNotComeInTimeIsUnreachable()
    {
        var release = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync((_, _) => release.Task);
        using var client = server.Client(o =>
        {
            o.Timeout = TimeSpan.FromMilliseconds(100);
            o.TimeProvider = TimeProvider.System;
            o.MaxRetries = 0;
        });

        var fault = await Assert.ThrowsAsync<FlatfileApiException>(() => client.Spaces.GetAsync("us_sp_1"));
        release.SetResult();

        Assert.Equal(FlatfileErrorCode.Unreachable, fault.Code);
        Assert.Contains("0.1 seconds", fault.Message);
    }

    [Fact]
    public async Task CancellingIsNoFaultOfTheServerAndEndsTheRetries()
    {
        using var stop = new CancellationTokenSource();
        await using var server = await TestServer.StartAsync(async (c, _) =>
        {
            await stop.CancelAsync();
            await c.JsonAsync("{}", 500);
        });
        using var client = server.Client();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Spaces.GetAsync("us_sp_1", stop.Token));
        Assert.Single(server.Seen);
    }

    [Fact]
    [Trait("Row", "F-16")]
    public async Task ARedirectIsNotFollowed()
    {
        await using var elsewhere = await TestServer.StartAsync(Answers.Space);
        await using var server = await TestServer.StartAsync((c, _) =>
        {
            c.Response.Redirect(new Uri(elsewhere.Address, "/v1/spaces/us_sp_1").AbsoluteUri);
            return Task.CompletedTask;
        });
        using var client = server.Client();

        var fault = await Assert.ThrowsAsync<FlatfileApiException>(() => client.Spaces.GetAsync("us_sp_1"));

        Assert.Equal(FlatfileErrorCode.BadAnswer, fault.Code);
        Assert.Equal(HttpStatusCode.Found, fault.Status);
        Assert.Empty(elsewhere.Seen);
    }
}
