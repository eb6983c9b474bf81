using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Handlers.RecordHooks;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Tests.Support;

/// <summary>A sheet in the real Spaces whose commits are answered by record hooks, event by event, as the agent would.</summary>
internal sealed class HookedSheet : IAsyncDisposable
{
    private readonly SpacesServer _server;
    private readonly HashSet<string> _seen = [];

    private HookedSheet(SpacesServer server, Workbook workbook)
    {
        _server = server;
        Workbook = workbook;
    }

    public FlatfileClient Client => _server.Client;

    public SpacesServer Server => _server;

    public Workbook Workbook { get; }

    /// <summary>The first sheet.</summary>
    public Sheet Sheet => Workbook.Sheets[0];

    public static async Task<HookedSheet> StartAsync(params SheetConfig[] sheets)
    {
        var server = await SpacesServer.StartAsync();
        var space = await server.Client.Spaces.CreateAsync(new SpaceConfig { Name = "Hooked" });
        var workbook = await server.Client.Workbooks.CreateAsync(new WorkbookConfig
        {
            SpaceId = space.Id,
            EnvironmentId = server.EnvironmentId,
            Name = "Hooked",
            Sheets = sheets,
            Settings = new JsonObject { ["trackChanges"] = true },
        });
        return new HookedSheet(server, workbook);
    }

    /// <summary>Adds rows given as texts in the order of the fields.</summary>
    public Task InsertAsync(params IReadOnlyList<string?[]> rows) => InsertIntoAsync(Sheet, rows);

    public Task InsertIntoAsync(Sheet sheet, IReadOnlyList<string?[]> rows)
    {
        var keys = sheet.Config.Fields.Select(f => f.Key).ToList();
        return Client.Records.InsertAsync(
            sheet.Id,
            [.. rows.Select(row => keys.Zip(row).ToDictionary(cell => cell.First, cell => new CellValue { Value = JsonSerializer.SerializeToElement(cell.Second) }))]);
    }

    /// <summary>The events <c>commit:created</c> that came since the last call.</summary>
    public async Task<List<FlatfileEvent>> NewCommitsAsync()
    {
        // Asked of the space itself: the log that agents follow may be a moment behind.
        var news = new List<FlatfileEvent>();
        for (var page = 1; ; page++)
        {
            var query = new Dictionary<string, string> { ["spaceId"] = Workbook.SpaceId, ["pageSize"] = "100", ["pageNumber"] = $"{page}" };
            var events = await Client.GetRelativeAsync("v1/events", query);
            news.AddRange(events.EnumerateArray().Select(e => FlatfileEvent.Parse(JsonSerializer.SerializeToUtf8Bytes(e))).Where(e => e.Topic == Topics.CommitCreated && _seen.Add(e.Id)));
            if (events.GetArrayLength() < 100)
            {
                break;
            }
        }

        return [.. news.OrderBy(e => e.DataUrl!.Length).ThenBy(e => e.DataUrl, StringComparer.Ordinal)];
    }

    /// <summary>Runs the hooks on one event.</summary>
    public Task RunAsync(FlatfileEvent @event, params RecordHook[] hooks) => RunAsync(@event, Client, hooks);

    /// <summary>Runs the hooks on one event, over a client of the test's own.</summary>
    public static Task RunAsync(FlatfileEvent @event, FlatfileClient client, params RecordHook[] hooks) =>
        new RunRecordHooks(new Contributions<RecordHook>(hooks), new Contributions<SpaceBlueprint>(), client, TimeProvider.System)
            .HandleAsync(new TestEventContext(@event, new EventRecords(@event, () => client)), CancellationToken.None);

    /// <summary>Runs the hooks on every event since the last call.</summary>
    public async Task RunAsync(params RecordHook[] hooks)
    {
        foreach (var @event in await NewCommitsAsync())
        {
            await RunAsync(@event, hooks);
        }
    }

    public async Task<bool> IsOpenAsync(FlatfileEvent @event)
    {
        await foreach (var open in Client.Workbooks.ListCommitsAsync(Workbook.Id, completed: false))
        {
            if (open.Id == @event.Context.CommitId)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The messages of a field, row by row, empty texts where there is none.</summary>
    public async Task<List<string>> MessagesAsync(string field, Sheet? sheet = null) =>
        [.. (await RowsAsync(sheet)).Select(r => string.Join('|', r.Values[field].Messages?.Select(m => m.Message) ?? []))];

    public async Task<List<FlatfileRecordData>> RowsAsync(Sheet? sheet = null)
    {
        var rows = new List<FlatfileRecordData>();
        await foreach (var page in Client.Records.ReadPagesAsync((sheet ?? Sheet).Id, new RecordQuery { IncludeMessages = true }))
        {
            rows.AddRange(page.Records);
        }

        return rows;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
