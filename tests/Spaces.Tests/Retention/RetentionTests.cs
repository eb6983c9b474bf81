using System.Text.Json.Nodes;
using Flatfile.Spaces.Retention;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Retention;

/// <summary>Data goes when its policy says, within a minute, and not before.</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private readonly SteppedTime _time = new();
    private SpacesServer _server = null!;

    public async Task InitializeAsync() => _server = await SpacesServer.StartAsync(time: _time);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task OfACreatedSpaceTheDataGoesAfterThePeriodAndNotAMinuteEarlier()
    {
        var space = await _server.SpaceAsync();
        await PolicyAsync("sinceCreated", 10);
        _time.Step(TimeSpan.FromDays(10) - TimeSpan.FromMinutes(1));
        Assert.Equal(0, await PassAsync());
        Assert.Equal("created", await StatusAsync(space));
        _time.Step(TimeSpan.FromMinutes(1));

        Assert.Equal(1, await PassAsync());
        Assert.Equal("expired", await StatusAsync(space));
        Assert.Contains("space:expired", await _server.TopicsAsync(space));
        Assert.Equal(0, await PassAsync());
    }

    [Fact]
    public async Task AnActivityStartsTheClockAnewAlsoOneTheListDoesNotKnowYet()
    {
        var space = await _server.SpaceAsync();
        await PolicyAsync("lastActivity", 10);
        _time.Step(TimeSpan.FromDays(9));
        await _server.DataAsync("POST", "workbooks", $$"""{"name":"w","spaceId":"{{space}}","sheets":[]}""");
        _time.Step(TimeSpan.FromDays(2));
        Assert.Equal(0, await PassAsync());
        _time.Step(TimeSpan.FromDays(8));

        Assert.Equal(1, await PassAsync());
        Assert.Equal("expired", await StatusAsync(space));
    }

    [Fact]
    public async Task ThePreviewNamesWhatGoesWhenAndByWhichPolicyAndAnotherEnvironmentSeesNothingOfIt()
    {
        var space = await _server.SpaceAsync("""{"name":"Old"}""");
        await PolicyAsync("lastActivity", 40);
        var first = await PolicyAsync("sinceCreated", 20);
        Assert.Empty((await PreviewAsync(19))["spaces"]!.AsArray());
        var preview = await PreviewAsync(30);
        var line = Assert.Single(preview["spaces"]!.AsArray())!;

        Assert.Equal((space, "Old", first), ((string)line["spaceId"]!, (string)line["name"]!, (string)line["policyId"]!));
        Assert.Equal(20, (DateTimeOffset.Parse((string)line["expiresAt"]!, null) - DateTimeOffset.Parse((string)preview["serverTime"]!, null)).TotalDays, 2);
        Assert.Equal("created", await StatusAsync(space));
        var (_, other) = await _server.OtherEnvironmentAsync();
        Assert.Empty((await _server.DataAsync("GET", "data-retention-policies/preview", client: other))["spaces"]!.AsArray());
        Assert.Equal(400, (await _server.SendAsync("GET", "data-retention-policies/preview?days=-1")).Status);
    }

    [Fact]
    public async Task APolicyThatIsTakenAwayRemovesNothing()
    {
        var space = await _server.SpaceAsync();
        var policy = await PolicyAsync("sinceCreated", 1);
        await _server.SendAsync("DELETE", $"data-retention-policies/{policy}");
        _time.Step(TimeSpan.FromDays(100));

        Assert.Equal(0, await PassAsync());
        Assert.Equal("created", await StatusAsync(space));
    }

    private async Task<string> PolicyAsync(string type, int days) => (string)(await _server.DataAsync(
        "POST", "data-retention-policies", $$"""{"type":"{{type}}","period":{{days}},"environmentId":"{{_server.Access.EnvironmentId}}"}"""))["id"]!;

    private Task<JsonNode> PreviewAsync(int days) => _server.DataAsync("GET", FormattableString.Invariant($"data-retention-policies/preview?days={days}"));

    /// <summary>A list first, so that everything committed is known centrally.</summary>
    private async Task<int> PassAsync()
    {
        await _server.DataAsync("GET", "spaces");
        return await _server.Service<RetentionKeeping>().RunOnceAsync(CancellationToken.None);
    }

    private async Task<string> StatusAsync(string space) => (string)(await _server.DataAsync("GET", $"spaces/{space}"))["status"]!;
}
