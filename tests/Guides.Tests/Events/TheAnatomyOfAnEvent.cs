using Flatfile.Api;
using Guides.Tests.Support;

namespace Guides.Tests.Events;

/// <summary>Flatfile events follow a standard structure.</summary>
public sealed class TheAnatomyOfAnEvent
{
    [Fact]
    public async Task The_typed_client_reads_domain_topic_context_payload_and_origin()
    {
        await using var server = await GuideServer.StartAsync();
        var space = await server.Client.Spaces.CreateAsync(new SpaceConfig { Name = "Acme Corp - Customer Import", Namespace = "red" });

        var one = new List<Event>();
        await foreach (var found in server.Client.Events.ListAsync(space.Id))
        {
            one.Add(found);
        }

        var created = Assert.Single(one);
        Assert.Equal((Topics.SpaceCreated, "space"), (created.Topic, created.Domain));
        Assert.Equal(space.Id, (string?)created.Context["spaceId"]);
        Assert.Equal(["space:red"], created.Namespaces!);
        Assert.Equal($"v1/events/{created.Id}/ack", created.CallbackUrl);
    }

    [Fact]
    public async Task Raw_HTTP_carries_an_object_as_payload_and_as_context_in_every_event()
    {
        await using var stage = await Stage.SetAsync();
        await stage.InsertAsync();
        await stage.UploadAsync("contacts.csv", "name,email\nAda,ada@acme.com\n");
        await stage.CallAsync("POST", "jobs", $$"""{"type":"sheet","operation":"check","source":"{{stage.SheetId}}","trigger":"immediate"}""");

        var events = (await stage.CallAsync("GET", $"events?spaceId={stage.SpaceId}&since=2000-01-01T00:00:00Z")).AsArray();

        Assert.True(events.Count > 8);
        Assert.All(events, one =>
        {
            Assert.NotNull(one!["payload"]!.AsObject());
            Assert.Equal(stage.SpaceId, (string?)one["context"]!["spaceId"]);
            Assert.StartsWith("us_acc_", (string?)one["context"]!["accountId"], StringComparison.Ordinal);
            Assert.Equal((string?)one["topic"], (string?)one["type"]);
            Assert.NotNull(one["createdAt"]);
        });
        Assert.Equal(events.Count, events.Select(one => (string?)one!["id"]).Distinct().Count());
    }
}
