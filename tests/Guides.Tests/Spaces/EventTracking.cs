using System.Text.Json;
using Guides.Tests.Support;

namespace Guides.Tests.Spaces;

/// <summary>Monitor space activity by topic.</summary>
public sealed class EventTracking
{
    [Fact]
    public async Task A_handler_of_every_space_topic_finds_type_user_and_metadata_in_the_context()
    {
        var tracked = new Seen<(string? Type, string? SpaceId, string? UserId, string? Project)>();
        await using var server = await GuideServer.StartAsync(listener => listener.On("space:*", (context, _) =>
        {
            var where = context.Event.Context;
            tracked.Tell((where.Text("eventType"), where.SpaceId, where.Text("userId"), where.Source.GetProperty("metadata").GetProperty("project").GetString()));
            return Task.CompletedTask;
        }));

        var space = await server.Client.Spaces.CreateAsync(new Flatfile.Api.SpaceConfig { Name = "Acme Corp - Customer Import", Metadata = Blueprints.Object("""{"project":"q1"}""") });

        var (type, spaceId, userId, project) = await tracked.Async("a space topic");
        Assert.Equal(("space:created", space.Id, "q1"), (type, spaceId, project));
        Assert.StartsWith("us_key_", userId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handlers_of_uploads_and_validations_find_the_figures()
    {
        var uploaded = new Seen<(string? Name, long Size)>();
        var validated = new Seen<(int Records, int Errors)>();
        await using var server = await GuideServer.StartAsync(listener =>
        {
            listener.On("space:file:uploaded", (context, _) => Tell(uploaded, (Text(context, "fileName"), Number(context, "fileSize"))));
            listener.On("space:records:validated", (context, _) => Tell(validated, ((int)Number(context, "recordCount"), (int)Number(context, "errorCount"))));
        });
        var space = await server.Client.Spaces.CreateAsync(new Flatfile.Api.SpaceConfig
        {
            Name = "Acme Corp - Customer Import",
            Workbook = new Flatfile.Api.WorkbookConfig
            {
                Name = "Products", Sheets = [Blueprints.Products],
            },
        });
        var sheet = (await server.Client.Workbooks.GetAsync(space.PrimaryWorkbookId!)).Sheets![0].Id;

        await server.Client.Files.UploadAsync(space.Id, server.EnvironmentId, "products.csv", new MemoryStream("sku,price\nA1,5\n"u8.ToArray()));
        await server.RawAsync("POST", $"sheets/{sheet}/records", """[{"sku":{"value":"A1"},"price":{"value":5}},{"sku":{"value":"A2"},"price":{"value":"dear"}}]""");

        Assert.Equal(("products.csv", 15L), await uploaded.Async("space:file:uploaded"));
        Assert.Equal((2, 1), await validated.Async("space:records:validated"));
    }

    private static Task Tell<T>(Seen<T> seen, T what)
    {
        seen.Tell(what);
        return Task.CompletedTask;
    }

    private static string? Text(Flatfile.Agent.EventContext context, string name) => context.Event.Context.Text(name);

    private static long Number(Flatfile.Agent.EventContext context, string name) => context.Event.Context.Source.GetProperty(name).GetInt64();
}
