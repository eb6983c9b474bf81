using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Egress;
using Flatfile.Agent.Handlers.Tests.Export;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Api;
using Microsoft.Extensions.Configuration;

namespace Flatfile.Agent.Handlers.Tests.Egress;

/// <summary>A workbook in the real server and a receiver for it.</summary>
internal sealed class EgressWorld : IAsyncDisposable
{
    private EgressWorld(ExportWorld rows, WebhookReceiver receiver) => (Rows, Receiver) = (rows, receiver);

    public ExportWorld Rows { get; }

    public WebhookReceiver Receiver { get; }

    public SkippedWaits Time { get; } = new();

    public string SheetId => Rows.Workbook.Sheets[0].Id;

    public static async Task<EgressWorld> StartAsync(params SheetConfig[] sheets) => new(await ExportWorld.StartAsync(sheets), await WebhookReceiver.StartAsync());

    public Task<TestJobContext> JobAsync(string? input = null, string? sheetId = null) => Rows.JobAsync(input, sheetId);

    public async Task<JobResult> SubmitAsync(string? input = null, params (string Key, string Value)[] settings) => await RunAsync(await JobAsync(input), null, settings);

    public Task<JobResult> RunAsync(TestJobContext context, FlatfileClient? client = null, params (string Key, string Value)[] settings)
    {
        Dictionary<string, string?> all = new()
        {
            ["Webhook:Url"] = Receiver.Address.AbsoluteUri, ["Webhook:Secret"] = WebhookReceiver.Secret, ["Webhook:PrivateHosts:0"] = "127.0.0.1", ["Webhook:Headers:X-From"] = "tests",
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        return new SubmitToWebhook(client ?? Rows.Client, new ConfigurationBuilder().AddInMemoryCollection(all).Build(), Time).RunAsync(context, CancellationToken.None);
    }

    /// <summary>The values of the field <c>n</c> that were taken, in the order they came; repeats of a message stand once.</summary>
    public List<string> Taken(string? sheetId = null) =>
    [
        .. Receiver.Messages.DistinctBy(m => m.Id).SelectMany(m => m.Body["workbook"]!["sheets"]!.AsArray())
            .Where(s => sheetId is null || (string)s!["id"]! == sheetId)
            .SelectMany(s => s!["records"]!.AsArray()).Select(r => r!["values"]!["n"]!["value"]?.ToString() ?? ""),
    ];

    /// <summary>An answer that rejects rows of a message by the value of <c>n</c>.</summary>
    public static JsonObject Reject(WebhookReceiver.Message message, Func<string, bool> which, string field = "n", bool? delete = null)
    {
        var sheet = message.Body["workbook"]!["sheets"]![0]!;
        return new JsonObject
        {
            ["rejections"] = new JsonObject
            {
                ["message"] = "Some are not welcome.",
                ["deleteSubmitted"] = delete,
                ["sheets"] = new JsonArray(new JsonObject
                {
                    ["sheetId"] = (string)sheet["id"]!,
                    ["rejectedRecords"] = new JsonArray([.. sheet["records"]!.AsArray().Where(r => which((string)r!["values"]!["n"]!["value"]!)).Select(r => (JsonNode)new JsonObject
                    {
                        ["id"] = (string)r!["id"]!, ["values"] = new JsonArray(new JsonObject { ["field"] = field, ["message"] = $"{(string)r["values"]!["n"]!["value"]!} is not welcome" }),
                    })]),
                }),
            },
        };
    }

    /// <summary>The rows of the sheet by the value of <c>n</c>.</summary>
    public async Task<Dictionary<string, FlatfileRecordData>> StoredAsync()
    {
        var rows = new Dictionary<string, FlatfileRecordData>();
        await foreach (var page in Rows.Client.Records.ReadPagesAsync(SheetId))
        {
            foreach (var record in page.Records)
            {
                rows.Add(record.Values["n"].Value!.Value.ToString(), record);
            }
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await Receiver.DisposeAsync();
        await Rows.DisposeAsync();
    }
}
