using System.Text.Json;
using CsvHelper;
using Flatfile.Agent.Handlers.Automap;
using Flatfile.Agent.Handlers.Extraction;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Api;
using OurAirports;
using Configure = Flatfile.Agent.Handlers.ConfigureSpace.ConfigureSpace;

namespace Flatfile.Agent.Handlers.Tests.Spaces;

/// <summary>The shipped handlers, the plugin's blueprint and the real files against the real server.</summary>
public sealed class OurAirportsThroughSpacesTests : IAsyncLifetime
{
    private SpacesServer _server = null!;
    private string _spaceId = null!;

    public async Task InitializeAsync()
    {
        _server = await SpacesServer.StartAsync();
        _spaceId = (await _server.Client.Spaces.CreateAsync(new SpaceConfig { Name = "Airports" })).Id;
        await ConfigureAsync("us_jb_first");
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task ConfiguringAgainChangesNothing()
    {
        var before = (await _server.EventsAsync()).Count;

        await ConfigureAsync("us_jb_second");

        var news = (await _server.EventsAsync())[before..].Select(e => e.Topic).Where(t => t.StartsWith("workbook", StringComparison.Ordinal) || t.StartsWith("sheet", StringComparison.Ordinal));
        Assert.Empty(news);
        var workbook = Assert.Single(await WorkbooksAsync());
        Assert.Equal(["countries", "regions", "navaids", "runways"], workbook.Sheets.Select(s => s.Slug));
        Assert.Equal(workbook.Id, (await _server.Client.Spaces.GetAsync(_spaceId)).PrimaryWorkbookId);
    }

    [Fact]
    public async Task EveryCellReadsBackAsTheFileHasIt()
    {
        foreach (var (name, rows) in new[] { ("countries", 249), ("regions", 3987), ("navaids", 11008), ("runways", 48184) })
        {
            await using var content = File.OpenRead(TestData.OurAirports(name + ".csv"));
            var fileId = (await _server.Client.Files.UploadAsync(_spaceId, _server.EnvironmentId, name + ".csv", content)).Id;
            var extracted = await new ExtractFile(_server.Client).RunAsync(await JobAsync("extract", fileId), CancellationToken.None);
            var mapped = await new MapFile(_server.Client).RunAsync(await JobAsync("automap", fileId), CancellationToken.None);

            Assert.Equal(rows, (long)extracted.Details!["rowsWritten"]!);
            Assert.Equal(rows, (long)mapped.Details!["rowsWritten"]!);
            Assert.Equal(name, (string)mapped.Details["sheetSlug"]!);
            Assert.Empty(mapped.Details["unmapped"]!.AsArray());
            await CompareAsync(name, rows, (string)mapped.Details["sheetId"]!);
        }

        foreach (var sheet in (await WorkbooksAsync()).Single(w => w.Name == "OurAirports").Sheets)
        {
            var counts = await _server.Client.Sheets.GetRecordCountsAsync(sheet.Id);
            Assert.Equal(0, counts.Error);
        }
    }

    private async Task CompareAsync(string name, int rows, string sheetId)
    {
        using var file = CsvReader.FromFile(TestData.OurAirports(name + ".csv"), new CsvReaderOptions { HasHeader = false });
        var header = Next(file);
        var number = 0;
        await foreach (var page in _server.Client.Records.ReadPagesAsync(sheetId))
        {
            foreach (var record in page.Records)
            {
                number++;
                Assert.Equal(Next(file), header.Select(key => TextOf(record.Values[key])));
            }
        }

        Assert.Equal(rows, number);
    }

    private static string[] Next(CsvReader reader)
    {
        Assert.True(reader.Read());
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetString(i))];
    }

    private static string TextOf(CellValue cell) => cell.Raw ?? cell.Value?.ValueKind switch
    {
        null or JsonValueKind.Null => "",
        JsonValueKind.String => cell.Value.Value.GetString()!,
        _ => cell.Value.Value.GetRawText(),
    };

    private async Task<TestJobContext> JobAsync(string operation, string fileId)
    {
        var job = await _server.Client.Jobs.CreateAsync(new JobConfig { Type = "file", Operation = operation, Source = fileId, Trigger = JobTrigger.Manual });
        return Job(fileId, job.Id);
    }

    private static TestJobContext Job(string fileId, string jobId) => new(new { fileId }, jobId);

    private async Task<List<Workbook>> WorkbooksAsync()
    {
        var workbooks = new List<Workbook>();
        await foreach (var workbook in _server.Client.Workbooks.ListAsync(_spaceId))
        {
            workbooks.Add(workbook);
        }

        return workbooks;
    }

    private Task ConfigureAsync(string jobId) =>
        new Configure(_server.Client, new Contributions<SpaceBlueprint>(new OurAirportsBlueprint()))
            .RunAsync(new TestJobContext(new { spaceId = _spaceId, environmentId = _server.EnvironmentId }, jobId), CancellationToken.None);
}
