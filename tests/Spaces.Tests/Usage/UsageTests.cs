using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Tests.Files;
using Flatfile.Spaces.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Tests.Usage;

public sealed class UsageTests : IAsyncLifetime
{
    private const string Book = """{"name":"W","sheets":[{"name":"S","slug":"s","fields":[{"key":"a","type":"string"}]}]}""";

    private SpacesServer _server = null!;

    public async Task InitializeAsync() => _server = await SpacesServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task UsageSaysWhatIsThere()
    {
        var space = await _server.SpaceAsync($$"""{"name":"A","users":[{"email":"a@b.example"}],"workbook":{{Book}}}""");
        var sheet = await SheetAsync(space);
        await _server.DataAsync("POST", $"sheets/{sheet}/records", """[{"a":{"value":"1"}},{"a":{"value":"2"}}]""");
        await _server.UploadAsync(space, "a.txt", new string('x', 1_000));
        var gone = await _server.UploadAsync(space, "b.txt", new string('x', 500));
        await _server.DataAsync("DELETE", $"files/{gone["id"]}");

        var usage = await _server.DataAsync("GET", $"spaces/{space}/usage");

        Assert.Equal(1_000, (long)usage["fileBytes"]!);
        Assert.InRange((long)usage["databaseBytes"]!, 10_000, 1_000_000);
        Assert.Equal((long)usage["databaseBytes"]! + 1_000, (long)usage["storageUsed"]!);
        Assert.Equal(
            "0 2 1 1 1 0 1 {}",
            string.Join(' ', new[] { "ageInDays", "records", "files", "workbooks", "sheets", "documents", "users", "limits" }.Select(name => usage[name]!.ToJsonString())));
    }

    [Fact]
    public async Task AgeIsCountedInWholeDays()
    {
        var time = new SteppedTime();
        await using var server = await SpacesServer.StartAsync(time: time);
        var space = await server.SpaceAsync();
        time.Step(TimeSpan.FromHours(71));

        Assert.Equal(2, (int)(await server.DataAsync("GET", $"spaces/{space}/usage"))["ageInDays"]!);
    }

    [Fact]
    public async Task MetricsCountWhatHappened()
    {
        var space = await _server.SpaceAsync($$"""{"name":"A","users":[{"email":"a@b.example"},{"email":"c@b.example"}],"workbook":{{Book}}}""");
        var sheet = await SheetAsync(space);
        var rows = await _server.DataAsync("POST", $"sheets/{sheet}/records", """[{"a":{"value":"1"}},{"a":{"value":"2"}}]""");
        await _server.DataAsync("POST", $"sheets/{sheet}/records", """[{"a":{"value":"3"}}]""");
        await _server.DataAsync("DELETE", $"sheets/{sheet}/records?ids={rows["records"]![0]!["id"]}");
        await _server.UploadAsync(space);

        var before = await _server.DataAsync("GET", $"spaces/{space}/metrics");
        Assert.Null(before["timeToComplete"]);
        await _server.DataAsync("PATCH", $"spaces/{space}", """{"status":"completed"}""");
        var metrics = await _server.DataAsync("GET", $"spaces/{space}/metrics");

        var topics = await _server.TopicsAsync(space);
        Assert.Equal(topics.Length, (int)metrics["totalEvents"]!);
        Assert.Equal(
            topics.GroupBy(topic => topic).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => (one.Key, one.Count())),
            metrics["eventsByTopic"]!.AsObject().Select(one => (one.Key, (int)one.Value!)));
        Assert.Equal("A", (string)metrics["name"]!);
        Assert.Equal("completed", (string)metrics["status"]!);
        Assert.Equal(3, (int)metrics["recordsProcessed"]!);
        Assert.Equal(2, (int)metrics["recordCount"]!);
        Assert.Equal(2, (int)metrics["userCount"]!);
        Assert.Equal(1, (int)metrics["fileCount"]!);
        Assert.True((long)metrics["timeToComplete"]! >= 0);
        var typed = await new FlatfileClient(new FlatfileClientOptions { BaseAddress = _server.Address, Token = _server.Access.DevelopmentKey }).Spaces.GetMetricsAsync(space);
        Assert.Equal((3, topics.Length), (typed.RecordsProcessed, typed.TotalEvents));
        Assert.Equal((double)metrics["timeToComplete"]!, typed.TimeToComplete!.Value.TotalMilliseconds);
    }

    [Fact]
    public async Task TheCountsOfAnOlderDataFolderComeFromItsLog()
    {
        using var folder = new TemporaryFolder();
        string space;
        string before;
        await using (var server = await SpacesServer.StartAsync(folder.Path))
        {
            space = await server.SpaceAsync($$"""{"name":"A","workbook":{{Book}}}""");
            var sheet = (string)(await server.DataAsync("GET", $"workbooks?spaceId={space}"))[0]!["sheets"]![0]!["id"]!;
            await server.DataAsync("POST", $"sheets/{sheet}/records", """[{"a":{"value":"1"}},{"a":{"value":"2"}}]""");
            before = (await server.DataAsync("GET", $"spaces/{space}/metrics")).ToJsonString();
        }

        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "spaces.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "DROP TABLE event_tallies;" + Flatfile.Spaces.Usage.EventTally.Schema;
            await command.ExecuteNonQueryAsync();
        }

        await using var again = await SpacesServer.StartAsync(folder.Path);
        Assert.Equal(before, (await again.DataAsync("GET", $"spaces/{space}/metrics")).ToJsonString());
    }

    [Fact]
    public async Task AnotherEnvironmentSeesNeither()
    {
        var space = await _server.SpaceAsync();
        var (_, stranger) = await _server.OtherEnvironmentAsync();
        using (stranger)
        {
            Assert.Equal(404, (await _server.SendAsync("GET", $"spaces/{space}/usage", client: stranger)).Status);
            Assert.Equal(404, (await _server.SendAsync("GET", $"spaces/{space}/metrics", client: stranger)).Status);
        }
    }

    private async Task<string> SheetAsync(string space) => (string)(await _server.DataAsync("GET", $"workbooks?spaceId={space}"))[0]!["sheets"]![0]!["id"]!;
}
