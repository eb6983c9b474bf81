using Flatfile.Api.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Flatfile.Api.Tests.Http;

public class ErrorTests
{
    [Theory]
    [InlineData(400, FlatfileErrorCode.Validation)]
    [InlineData(422, FlatfileErrorCode.Validation)]
    [InlineData(401, FlatfileErrorCode.Unauthorized)]
    [InlineData(403, FlatfileErrorCode.Forbidden)]
    [InlineData(404, FlatfileErrorCode.NotFound)]
    [InlineData(409, FlatfileErrorCode.Conflict)]
    [InlineData(413, FlatfileErrorCode.TooLarge)]
    [InlineData(418, FlatfileErrorCode.Refused)]
    [InlineData(429, FlatfileErrorCode.RateLimited)]
    [InlineData(501, FlatfileErrorCode.NotImplemented)]
    [InlineData(500, FlatfileErrorCode.ServerError)]
    [InlineData(503, FlatfileErrorCode.ServerError)]
    public async Task EveryStatusHasOneCode(int status, string code)
    {
        await using var server = await TestServer.StartAsync((c, _) => c.JsonAsync("""{"errors":[{"key":"name","message":"is missing"},{"message":"and more"}]}""", status));
        using var client = server.Client(o => o.MaxRetries = 0);

        var fault = await Assert.ThrowsAsync<FlatfileApiException>(() => client.Spaces.GetAsync("us_sp_1"));

        Assert.Equal(code, fault.Code);
        Assert.Equal(status, (int)fault.Status!);
        Assert.Equal("name", fault.Errors[0].Key);
        Assert.Equal("and more", fault.Errors[1].Message);
        Assert.StartsWith($"GET /v1/spaces/us_sp_1 was answered with {status} ({code}): name: is missing; and more", fault.Message);
        Assert.DoesNotContain("sk_secret", fault.ToString());
    }

    [Theory]
    [Trait("Row", "F-14")]
    [InlineData("", "application/json")]
    [InlineData("<html><body>Sign in</body></html>", "text/html")]
    [InlineData("{\"data\":{\"id\":\"us_sp_1\"", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("{}", "application/json")]
    [InlineData("{\"data\":null}", "application/json")]
    [InlineData("{\"data\":{\"id\":\"us_sp_1\"}}", "application/json")]
    [InlineData("{\"data\":7}", "application/json")]
    public async Task ASuccessThatIsNotWhatTheApiPromisesIsABadAnswer(string body, string type)
    {
        await using var server = await TestServer.StartAsync((c, _) => c.TextAsync(body, type));
        using var client = server.Client();

        var fault = await Assert.ThrowsAsync<FlatfileApiException>(() => client.Spaces.GetAsync("us_sp_1"));

        Assert.Equal(FlatfileErrorCode.BadAnswer, fault.Code);
        Assert.Contains(type, fault.Message);
        Assert.Single(server.Seen);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    public async Task ACommandWithoutJsonAnswerIsABadAnswer(string body)
    {
        await using var server = await TestServer.StartAsync((c, _) => c.TextAsync(body, "text/html"));
        using var client = server.Client();

        var fault = await Assert.ThrowsAsync<FlatfileApiException>(() => client.Jobs.ExecuteAsync("us_jb_1"));

        Assert.Equal(FlatfileErrorCode.BadAnswer, fault.Code);
    }

    [Fact]
    public async Task ACommandMayBeAnsweredWithAnEmptyObject()
    {
        await using var server = await TestServer.StartAsync("{}");
        using var client = server.Client();

        await client.Jobs.ExecuteAsync("us_jb_1");
    }

    [Theory]
    [InlineData("<html>Bad gateway</html>", "text/html", "a web page")]
    [InlineData("", "text/plain", "no explanation")]
    [InlineData("upstream\r\nfell\u0007 over", "text/plain", "upstream  fell  over")]
    [InlineData("{\"errors\":\"odd\"}", "application/json", "odd")]
    [InlineData("{\"errors\":[7,{\"message\":null}]}", "application/json", "no message")]
    public async Task AnErrorThatIsNotInTheApisFormIsStillExplained(string body, string type, string expected)
    {
        await using var server = await TestServer.StartAsync((c, _) => c.TextAsync(body, type, 400));
        using var client = server.Client();

        var fault = await Assert.ThrowsAsync<FlatfileApiException>(() => client.Spaces.GetAsync("us_sp_1"));

        Assert.Contains(expected, fault.Message);
    }

    [Fact]
    [Trait("Row", "F-14")]
    public async Task AnEndlessErrorBodyIsReadOnlyToItsLimit()
    {
        await using var server = await TestServer.StartAsync(async (c, _) =>
        {
            c.Response.StatusCode = 400;
            var block = new byte[16 * 1024];
            block.AsSpan().Fill((byte)'x');
            while (!c.RequestAborted.IsCancellationRequested)
            {
                await c.Response.Body.WriteAsync(block, CancellationToken.None);
            }
        });
        using var client = server.Client();

        var fault = await Assert.ThrowsAsync<FlatfileApiException>(() => client.Spaces.GetAsync("us_sp_1"));

        Assert.True(fault.Message.Length < 1000, $"{fault.Message.Length} characters");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(".")]
    [InlineData("..")]
    public async Task WhatCannotBeAnIdIsNotSent(string id)
    {
        await using var server = await TestServer.StartAsync(Answers.Space);
        using var client = server.Client();

        await Assert.ThrowsAsync<ArgumentException>(async () => await client.Spaces.DeleteAsync(id));
        Assert.Empty(server.Seen);
    }

    [Theory]
    [InlineData("../users", "/v1/spaces/..%2Fusers")]
    [InlineData("a?b#c", "/v1/spaces/a%3Fb%23c")]
    [InlineData("ä %", "/v1/spaces/%C3%A4%20%25")]
    public async Task AnIdCannotLeaveItsSegment(string id, string target)
    {
        await using var server = await TestServer.StartAsync(Answers.Space);
        using var client = server.Client();

        await client.Spaces.GetAsync(id);

        Assert.Equal(target, server.Seen.Single().Target);
    }

    [Fact]
    public async Task EveryCallCarriesTheKeyAndSwitchesLegacyHooksOff()
    {
        await using var server = await TestServer.StartAsync(Answers.Space);
        using var client = server.Client();

        await client.Spaces.GetAsync("us_sp_1");

        var headers = server.Seen.Single().Headers;
        Assert.Equal("Bearer sk_secret", headers["Authorization"]);
        Assert.Equal("true", headers["X-Disable-Hooks"]);
        Assert.DoesNotContain("Cookie", headers.Keys);
    }

    [Fact]
    public async Task TheTraceTravelsAlong()
    {
        await using var server = await TestServer.StartAsync(Answers.Space);
        using var client = server.Client();
        using var activity = new System.Diagnostics.Activity("import").SetIdFormat(System.Diagnostics.ActivityIdFormat.W3C).Start();

        await client.Spaces.GetAsync("us_sp_1");

        Assert.StartsWith($"00-{activity.TraceId}-", server.Seen.Single().Headers["traceparent"]);
    }
}
