using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Export;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Api;
using Microsoft.Extensions.Configuration;

namespace Flatfile.Agent.Handlers.Tests.Export;

/// <summary>A space in the real server with a workbook to be exported.</summary>
internal sealed class ExportWorld : IAsyncDisposable
{
    private ExportWorld(SpacesServer server, Workbook workbook) => (Server, Workbook) = (server, workbook);

    public SpacesServer Server { get; }

    public Workbook Workbook { get; }

    public FlatfileClient Client => Server.Client;

    /// <summary>Starts a server with a workbook of these sheets.</summary>
    public static async Task<ExportWorld> StartAsync(params SheetConfig[] sheets)
    {
        var server = await SpacesServer.StartAsync();
        var space = await server.Client.Spaces.CreateAsync(new SpaceConfig { Name = "Exports" });
        var workbook = await server.Client.Workbooks.CreateAsync(
            new WorkbookConfig { Name = "CRM", SpaceId = space.Id, EnvironmentId = server.EnvironmentId, Sheets = sheets });
        return new ExportWorld(server, workbook);
    }

    public static SheetConfig Sheet(string name, params (string Key, string Type)[] fields) =>
        new() { Name = name, Slug = name.ToLowerInvariant(), Fields = [.. fields.Select(f => new Property { Key = f.Key, Type = f.Type, Label = $"The {f.Key}" })] };

    /// <summary>Adds rows; each is a JSON object of plain values.</summary>
    public async Task AddAsync(int sheet, params string[] rows)
    {
        var records = rows.Select(r => JsonNode.Parse(r)!.AsObject().ToDictionary(v => v.Key, v => new CellValue { Value = JsonSerializer.SerializeToElement(v.Value) })).ToList();
        await Client.Records.InsertAsync(Workbook.Sheets[sheet].Id, records);
    }

    /// <summary>Adds numbered rows to a sheet with the field <c>n</c>.</summary>
    public async Task AddNumbersAsync(int sheet, int count)
    {
        foreach (var page in Enumerable.Range(1, count).Chunk(5_000))
        {
            await Client.Records.InsertAsync(
                Workbook.Sheets[sheet].Id, [.. page.Select(i => new Dictionary<string, CellValue> { ["n"] = new() { Value = JsonSerializer.SerializeToElement(i.ToString(CultureInfo.InvariantCulture)) } })]);
        }
    }

    /// <summary>Makes a job and gives the context of its runs.</summary>
    public async Task<TestJobContext> JobAsync(string? input = null, string? sheetId = null)
    {
        var job = await Client.Jobs.CreateAsync(new JobConfig
        {
            Type = sheetId is null ? "workbook" : "sheet", Operation = "export", Source = sheetId ?? Workbook.Id, Input = input is null ? null : JsonNode.Parse(input)!.AsObject(),
        });
        return new TestJobContext(new { workbookId = Workbook.Id, sheetId, spaceId = Workbook.SpaceId }, job.Id);
    }

    public async Task<JobResult> ExportAsync(string? input = null, string? sheetId = null, params (string Key, string Value)[] settings) =>
        await RunAsync(await JobAsync(input, sheetId), Client, settings);

    public static Task<JobResult> RunAsync(TestJobContext context, FlatfileClient client, params (string Key, string Value)[] settings) =>
        new ExportWorkbook(client, new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build())
            .RunAsync(context, CancellationToken.None);

    /// <summary>The bytes of the file a job left.</summary>
    public async Task<MemoryStream> FileAsync(JobResult result)
    {
        await using var content = await Client.Files.DownloadAsync((string)result.Details!["fileId"]!);
        var bytes = new MemoryStream();
        await content.CopyToAsync(bytes);
        bytes.Position = 0;
        return bytes;
    }

    public async Task<string> TextAsync(JobResult result) => System.Text.Encoding.UTF8.GetString((await FileAsync(result)).ToArray());

    /// <summary>The export files of the space.</summary>
    public async Task<List<FlatfileFile>> FilesAsync()
    {
        var files = new List<FlatfileFile>();
        await foreach (var file in Client.Files.ListAsync(new FileQuery { SpaceId = Workbook.SpaceId, Mode = "export" }))
        {
            files.Add(file);
        }

        return files;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
