using System.Text;
using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Extraction;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Tests.Extraction;

/// <summary>What was said of a file holds for later ones of its source, over the real server.</summary>
public sealed class ReadingMemoryTests : IAsyncLifetime
{
    private SpacesServer _server = null!;
    private string _spaceId = null!;

    public async Task InitializeAsync()
    {
        _server = await SpacesServer.StartAsync();
        _spaceId = (await _server.Client.Spaces.CreateAsync(new SpaceConfig { Name = "Memory", EnvironmentId = _server.EnvironmentId })).Id;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task WhatWasSaidOfAFileHoldsForTheNextOfItsSourceAndNoOther()
    {
        await _server.Client.Environments.UpdateAsync(_server.EnvironmentId, new EnvironmentConfig { Metadata = new JsonObject { ["theirs"] = 1 } });
        await ExtractAsync("Orders-2026-10.csv", new JsonObject { ["reading"] = new JsonObject { ["format"] = "csv", ["password"] = "secret" } });

        var next = await ExtractAsync("orders-2026-9.csv");
        var other = await ExtractAsync("customers.csv");

        Assert.Equal("""{"format":"csv"}""", next.Details!["remembered"]!.ToJsonString());
        Assert.EndsWith("It was read as was said of an earlier file with a name like it (orders-0-0.csv).", next.Message);
        Assert.Null(other.Details!["remembered"]);
        var metadata = (await _server.Client.Environments.GetAsync(_server.EnvironmentId)).Metadata!;
        Assert.Equal(1, (int)metadata["theirs"]!);
        Assert.DoesNotContain("secret", metadata.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OfManySourcesTheLatestAreKept()
    {
        var memory = new ReadingMemory(_server.Client);
        for (var i = 0; i < 205; i++)
        {
            var name = $"{(char)('a' + i % 26)}{(char)('a' + i / 26)}.csv";
            await memory.KeepAsync(_server.EnvironmentId, name, new() { Format = "csv" }, CancellationToken.None);
        }

        Assert.Null(await memory.FindAsync(_server.EnvironmentId, "aa.csv", CancellationToken.None));
        Assert.Equal("csv", (await memory.FindAsync(_server.EnvironmentId, "wh.csv", CancellationToken.None))!.Format);
        var kept = (await _server.Client.Environments.GetAsync(_server.EnvironmentId)).Metadata!["flatfileAgentReading"]!.AsObject();
        Assert.Equal(200, kept.Count);
    }

    private async Task<JobResult> ExtractAsync(string name, JsonObject? input = null)
    {
        var client = _server.Client;
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("id,name\n1,Ada\n"));
        var file = await client.Files.UploadAsync(_spaceId, _server.EnvironmentId, name, content);
        var job = await client.Jobs.CreateAsync(new JobConfig { Type = "file", Operation = "extract", Source = file.Id, Trigger = JobTrigger.Manual, Input = input });
        return await new ExtractFile(client).RunAsync(new TestJobContext(new { fileId = file.Id }, job.Id), CancellationToken.None);
    }
}
