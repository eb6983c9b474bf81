using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Flatfile.Agent.Core.Upkeep.Cleanup;
using Flatfile.Api;

namespace Core.Tests.Upkeep.Cleanup;

/// <summary>Which spaces go, and how many at once.</summary>
public sealed class CleanupChoiceTests
{
    private static readonly DateTimeOffset Now = new(2025, 6, 30, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [Trait("Row", "C-04")]
    [InlineData("2025-05-31T12:00:00Z", "completed", true)]
    [InlineData("2025-05-31T12:00:01Z", "completed", false)]
    [InlineData("2025-05-31T21:00:00+09:00", "completed", true)]
    [InlineData("2025-05-31T12:00:00+00:01", "completed", true)]
    [InlineData("2025-05-31T12:00:00-00:01", "completed", false)]
    [InlineData("2025-05-01T00:00:00Z", "configured", false)]
    [InlineData("2025-05-01T00:00:00Z", "archived", false)]
    [InlineData("2099-01-01T00:00:00Z", "completed", false)]
    public void Only_what_is_old_enough_by_the_servers_clock_goes(string updated, string status, bool goes) =>
        Assert.Equal(goes, SpaceChoice.WhyNot(Space(updated, status), Now, new CleanupOptions()) is null);

    [Fact]
    [Trait("Row", "C-04")]
    public void What_has_an_unknown_age_or_was_active_since_stays()
    {
        var old = Space("2025-05-01T00:00:00Z", "completed");
        var options = new CleanupOptions();

        Assert.Null(SpaceChoice.WhyNot(old, Now, options));
        Assert.Contains("not known", SpaceChoice.WhyNot(old with { CompletedAt = null }, Now, options), StringComparison.Ordinal);
        Assert.Contains("not known", SpaceChoice.WhyNot(old with { UpdatedAt = default }, Now, options), StringComparison.Ordinal);
        Assert.Contains("not known", SpaceChoice.WhyNot(old with { CreatedAt = default }, Now, options), StringComparison.Ordinal);
        Assert.Contains("touched", SpaceChoice.WhyNot(old with { LastActivityAt = Now.AddDays(-29) }, Now, options), StringComparison.Ordinal);
        Assert.Contains("touched", SpaceChoice.WhyNot(old with { CompletedAt = Now.AddDays(-29) }, Now, options), StringComparison.Ordinal);
        Assert.Contains("label", SpaceChoice.WhyNot(old with { Labels = ["Hold"] }, Now, options), StringComparison.Ordinal);
        Assert.Equal("", SpaceChoice.WhyNot(old with { Status = null }, Now, options));
        Assert.Null(SpaceChoice.WhyNot(old with { Status = null, CompletedAt = null, Labels = ["done"] }, Now, new CleanupOptions { CompletedLabel = "done" }));
    }

    [Fact]
    [Trait("Row", "C-04")]
    public async Task The_clock_of_this_machine_decides_nothing_and_without_the_servers_nothing_goes()
    {
        await using var world = await CleanupWorld.StartAsync();
        var space = await world.AddAsync();
        world.Wire.After = (_, answer) =>
        {
            // A server whose clock says that ten days have passed, whatever this machine believes.
            answer.Headers.Date = world.SpacesTime.GetUtcNow().AddDays(10);
            return Task.FromResult(answer);
        };
        Assert.Equal(0, (int)(await world.RunAsync()).Details!["eligible"]!);
        world.Wire.After = (_, answer) =>
        {
            answer.Headers.Date = null;
            return Task.FromResult(answer);
        };
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => world.RunAsync());

        Assert.Contains("what time it is", fault.Message, StringComparison.Ordinal);
        Assert.True(await world.ExistsAsync(space));
    }

    [Fact]
    [Trait("Row", "C-05")]
    public async Task Over_several_pages_every_eligible_space_goes_exactly_once()
    {
        await using var world = await CleanupWorld.StartAsync();
        world.Options.Cleanup.MaxPerRun = 500;
        var spaces = new List<string>();
        for (var i = 0; i < 120; i++)
        {
            spaces.Add(await world.AddAsync(0));
        }

        var open = await world.AddAsync(completed: false);
        var result = await world.RunAsync();

        Assert.Equal(spaces.Count, (int)result.Details!["eligible"]!);
        Assert.All(result.Details["spaces"]!.AsArray(), line => Assert.Equal("deleted", line!["end"]!.ToString()));
        foreach (var space in spaces)
        {
            Assert.Single(world.Wire.Calls, $"DELETE spaces/{space}");
            Assert.True(File.Exists(Path.Combine(world.Exports, space + ".zip")));
        }

        Assert.True(await world.ExistsAsync(open));
    }

    [Fact]
    [Trait("Row", "C-08")]
    public async Task Ten_thousand_eligible_spaces_are_reported_first_and_go_so_many_at_a_time()
    {
        await using var world = await CleanupWorld.StartAsync();
        world.Wire.Before = call => call == "GET spaces" ? Page() : null;
        var report = await world.RunAsync(mode: null);

        Assert.True((bool)report.Details!["dryRun"]!);
        Assert.Equal(10_000, (int)report.Details["eligible"]!);
        Assert.Equal(20, report.Details["spaces"]!.AsArray().Count);
        Assert.Contains("9980 more come in later runs", report.Message, StringComparison.Ordinal);
        Assert.All(world.Wire.Calls, call => Assert.StartsWith("GET", call, StringComparison.Ordinal));

        world.Wire.Before = _ => null;
        for (var i = 0; i < 5; i++)
        {
            await world.AddAsync(0);
        }

        world.Options.Cleanup.MaxPerRun = 2;
        world.Options.Cleanup.DryRun = false;
        var deleted = new List<int>();
        for (var run = 0; run < 3; run++, world.Slot += TimeSpan.FromDays(7))
        {
            deleted.Add((await world.RunAsync(mode: null)).Details!["spaces"]!.AsArray().Count(l => l!["end"]!.ToString() == "deleted"));
        }

        Assert.Equal([2, 2, 1], deleted);
    }

    private static HttpResponseMessage Page()
    {
        var spaces = new JsonArray([.. Enumerable.Range(0, 10_000).Select(i => new JsonObject
        {
            ["id"] = $"us_sp_{i}", ["name"] = "n", ["status"] = "completed", ["createdAt"] = "2020-01-01T00:00:00Z",
            ["updatedAt"] = "2020-01-01T00:00:00Z", ["completedAt"] = "2020-01-01T00:00:00Z", ["guestAuthentication"] = new JsonArray(),
        })]);
        var answer = CleanupWorld.Answer(HttpStatusCode.OK, new JsonObject
        {
            ["data"] = spaces, ["pagination"] = new JsonObject { ["currentPage"] = 1, ["pageCount"] = 1, ["totalCount"] = 10_000 },
        }.ToJsonString());
        answer.Headers.Date = TimeProvider.System.GetUtcNow();
        return answer;
    }

    private static Space Space(string updated, string status) => new()
    {
        Id = "us_sp_1", Name = "n", Status = status, CreatedAt = Now.AddDays(-100), CompletedAt = Now.AddDays(-90),
        UpdatedAt = DateTimeOffset.Parse(updated, CultureInfo.InvariantCulture),
    };
}
