using Contracts.Services;
using Flatfile.Agent.Handlers.Egress;
using Flatfile.Agent.Handlers.Egress.Database;
using Flatfile.Agent.Handlers.Export;
using Flatfile.Agent.Handlers.Forwarding;
using Flatfile.Agent.Handlers.Tests.Export;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Agent.Handlers.Webhooks;
using Flatfile.Api;
using Microsoft.Extensions.Configuration;

namespace Flatfile.Agent.Handlers.Tests.Guides;

/// <summary>The examples of the pages run as they stand, and the pages list the options there are.</summary>
[Collection(PostgresCollection.Name)]
public sealed class WritingGuideTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("export.md", new[] { typeof(ExportOptions) }, "rows messages allowUnguarded")]
    [InlineData("webhook-egress.md", new[] { typeof(WebhookOptions), typeof(EgressOptions) }, "marksRows")]
    [InlineData("database-egress.md", new[] { typeof(DatabaseOptions) }, "")]
    public void APageListsEveryOptionAndNoOther(string page, Type[] options, string others)
    {
        var there = options.SelectMany(o => o.GetProperties()).Where(p => p.Name != "EqualityContract").Select(p => p.Name).Except(others.Split(' '), StringComparer.OrdinalIgnoreCase);

        Assert.Equal(there.Order(StringComparer.OrdinalIgnoreCase), new GuidePage(page).Options().Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task TheExampleOfExportRuns()
    {
        await using var world = await ExportWorld.StartAsync(ExportWorld.Sheet("Contacts", ("id", PropertyType.Number), ("name", PropertyType.String)));
        await world.AddAsync(0, """{"id":1,"name":"Ada"}""", """{"id":"x","name":"Bob"}""");

        var result = await world.ExportAsync(new GuidePage("export.md").Example()["input"]!.ToJsonString());

        Assert.Equal("\uFEFFThe id,The name\r\n1,Ada\r\n", await world.TextAsync(result));
    }

    [Fact]
    public async Task TheExampleOfWebhookEgressRuns()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = await ExportWorld.StartAsync(ExportWorld.Sheet("Contacts", ("id", PropertyType.Number)));
        await world.AddAsync(0, """{"id":1}""");
        var settings = Here(new GuidePage("webhook-egress.md").Settings(), "Webhook", receiver);

        await new SubmitToWebhook(world.Client, settings, TimeProvider.System).RunAsync(await world.JobAsync(), CancellationToken.None);

        Assert.True(Assert.Single(receiver.Messages).IsSigned);
    }

    [Fact]
    public async Task TheExampleOfTheForwarderRuns()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var plugin = new ForwardEvents(Here(new GuidePage("webhook-forwarder.md").Settings(), "Forward", receiver), TimeProvider.System);
        var listener = new FlatfileListener();

        plugin.Configure(listener);
        await listener.Entries.Single().Callback(new TestEventContext(Events.Of("job:ready", new { })), CancellationToken.None);

        Assert.Equal(["job:*", "commit:created"], listener.Entries[0].Topics);
        Assert.Single(receiver.Messages);
    }

    [PostgresFact]
    public async Task TheExampleOfDatabaseEgressRuns()
    {
        await using var world = await ExportWorld.StartAsync(ExportWorld.Sheet("Contacts", ("id", PropertyType.Number), ("name", PropertyType.String)));
        await world.AddAsync(0, """{"id":1,"name":"Ada"}""");
        var database = await postgres.Cluster.CreateDatabaseAsync();
        await postgres.Cluster.RunAsync(database, "CREATE SCHEMA crm; CREATE TABLE crm.people (id integer PRIMARY KEY, full_name text)");
        var settings = new GuidePage("database-egress.md").Settings();
        settings["Database:ConnectionString"] = postgres.Cluster.ConnectionString(database);

        await new SubmitToDatabase(world.Client, settings).RunAsync(await world.JobAsync(), CancellationToken.None);

        Assert.Equal("Ada", await postgres.Cluster.RunAsync(database, "SELECT full_name FROM crm.people WHERE id = 1"));
    }

    /// <summary>The settings of a page, sent to a receiver of this machine.</summary>
    private static IConfiguration Here(IConfiguration settings, string section, WebhookReceiver receiver)
    {
        Assert.StartsWith("https://", settings[$"{section}:Url"]);
        settings[$"{section}:Url"] = receiver.Address.AbsoluteUri;
        settings[$"{section}:Secret"] = WebhookReceiver.Secret;
        settings[$"{section}:PrivateHosts:0"] = "127.0.0.1";
        return settings;
    }
}
