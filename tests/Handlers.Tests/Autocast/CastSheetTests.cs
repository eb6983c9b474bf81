using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Autocast;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Api;
using Microsoft.Extensions.Configuration;

namespace Flatfile.Agent.Handlers.Tests.Autocast;

/// <summary>Texts become values in a real Spaces.</summary>
public sealed class CastSheetTests : IAsyncLifetime
{
    private SpacesServer _server = null!;
    private string _spaceId = null!;

    public async Task InitializeAsync()
    {
        _server = await SpacesServer.StartAsync();
        _spaceId = (await _server.Client.Spaces.CreateAsync(new SpaceConfig { Name = "S" })).Id;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task NumbersAndDatesAreReadAsTheirWholeColumnSays()
    {
        var sheet = await SheetAsync([("price", "number"), ("day", "date"), ("ok", "boolean")], ["1.234", "03/04/2024", "ja"], ["1.234,56", "31/04/2024", "nein"], ["7", "30/04/2024", ""], ["1,5", "x", "ja"]);

        var result = await RunAsync(sheet);

        Assert.Equal(["1234", "1234.56", "7", "1.5"], await ValuesAsync(sheet, "price"));
        Assert.Equal(["2024-04-03", "31/04/2024", "2024-04-30", "x"], await ValuesAsync(sheet, "day"));
        Assert.Equal(["true", "false", "", "true"], await ValuesAsync(sheet, "ok"));
        Assert.Contains("4 rows of T changed: price (3 values, decimal comma), day (2 values, day, month, year), ok (3 values).", result.Message);
        Assert.Contains("2 values of day, such as '31/04/2024'", result.Message);
    }

    [Fact]
    public async Task TheTextStaysBesideTheValue()
    {
        var sheet = await SheetAsync([("price", "number")], ["1,5"]);

        await RunAsync(sheet);

        var record = Assert.Single(await RecordsAsync(sheet));
        Assert.Equal("""{"raw":{"price":{"text":"1,5","value":"1.5"}}}""", record.Metadata!.ToJsonString());
        Assert.Equal("The text here was '1,5', read as 1.5 (decimal comma).", Assert.Single(record.Values["price"].Messages!).Message);
    }

    [Fact]
    public async Task ASecondRunChangesNothing()
    {
        var sheet = await SheetAsync([("price", "number"), ("day", "date")], ["1.234", "31.12.2024"], ["2,5", "01.02.2024"]);
        await RunAsync(sheet);
        var before = await ValuesAsync(sheet, "price");

        var again = await RunAsync(sheet);

        Assert.Equal("No text of T had to be changed in 2 rows.", again.Message);
        Assert.Equal(before, await ValuesAsync(sheet, "price"));
        Assert.Equal(["1234", "2.5"], before);
    }

    [Fact]
    public async Task WhatIsOpenIsAskedAndStaysText()
    {
        var sheet = await SheetAsync([("price", "number"), ("day", "date")], ["1,234", "03/04/2024"], ["2,500", "05/06/2024"]);

        var result = await RunAsync(sheet);

        Assert.Equal(["1,234", "2,500"], await ValuesAsync(sheet, "price"));
        Assert.Equal(["03/04/2024", "05/06/2024"], await ValuesAsync(sheet, "day"));
        var questions = result.Details!["questions"]!.AsArray();
        Assert.Equal(["decimalMark", "dateOrder"], questions.Select(q => (string)q!["option"]!));
        Assert.Equal(["dmy: 03/04/2024 is 2024-04-03", "mdy: 03/04/2024 is 2024-03-04"], questions[1]!["answers"]!.AsArray().Select(a => (string)a!));
        var record = (await RecordsAsync(sheet))[0];
        Assert.Contains(record.Values["day"].Messages!, m => m.Type == "warn" && m.Message!.Contains("The order of day and month in the column 'day' is not certain", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnAnswerInTheInputDecides()
    {
        var sheet = await SheetAsync([("price", "number"), ("day", "date"), ("other", "date")], ["1,234", "03/04/2024", "03/04/2024"]);

        await RunAsync(sheet, new JsonObject { ["decimalMark"] = ",", ["dateOrder"] = "dmy", ["fields"] = new JsonObject { ["other"] = new JsonObject { ["dateOrder"] = "mdy" } } });

        var values = Assert.Single(await RecordsAsync(sheet)).Values;
        Assert.Equal(["1.234", "2024-04-03", "2024-03-04"], values.Values.Select(TextOf));
    }

    [Fact]
    public async Task AnAnswerInTheSettingsDecides()
    {
        var sheet = await SheetAsync([("day", "date")], ["03/04/2024"]);
        var settings = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("Autocast:DateOrder", "mdy")]).Build();

        await RunAsync(sheet, settings: settings);

        Assert.Equal(["2024-03-04"], await ValuesAsync(sheet, "day"));
    }

    [Fact]
    public async Task SpreadsheetDaysAreAskedAboutUnlessTheNameSaysSo()
    {
        var sheet = await SheetAsync([("Order date", "date"), ("mark", "date")], ["45000", "45000"]);

        var result = await RunAsync(sheet);

        var values = Assert.Single(await RecordsAsync(sheet)).Values;
        Assert.Equal(["2023-03-15", "45000"], values.Values.Select(TextOf));
        Assert.Equal("serialDates", (string)Assert.Single(result.Details!["questions"]!.AsArray())!["option"]!);
        await RunAsync(sheet, new JsonObject { ["serialDates"] = true });
        Assert.Equal("2023-03-15", TextOf(Assert.Single(await RecordsAsync(sheet)).Values["mark"]));
    }

    [Fact]
    public async Task TextFieldsAndFieldsThatAreNotWantedStay()
    {
        var sheet = await SheetAsync([("code", "string"), ("price", "number"), ("cost", "number")], ["1,5", "1,5", "1,5"]);

        await RunAsync(sheet, new JsonObject { ["fieldFilters"] = new JsonArray("cost") });

        Assert.Equal(["1,5", "1,5", "1.5"], Assert.Single(await RecordsAsync(sheet)).Values.Values.Select(TextOf));
    }

    [Fact]
    public async Task AColumnOfManyPagesIsReadAsItsLastRowSays()
    {
        var rows = Enumerable.Range(0, 12_000).Select(i => new[] { i == 11_999 ? "1,5" : "1.234" }).ToArray();
        var sheet = await SheetAsync([("price", "number")], rows);

        var result = await RunAsync(sheet);

        Assert.Equal(12_000, (long)result.Details!["rowsChanged"]!);
        Assert.Equal(["1.5", "1234"], (await ValuesAsync(sheet, "price")).Distinct().Order());
    }

    [Fact]
    public async Task ADeathBetweenPagesLosesAndDoublesNothing()
    {
        var rows = Enumerable.Range(0, 12_000).Select(i => new[] { $"{i},5" }).ToArray();
        var sheet = await SheetAsync([("price", "number")], rows);
        var context = await JobAsync(sheet, null);
        var saves = 0;
        context.BeforeSave = () => _ = ++saves == 3 ? throw new Crash() : 0;

        await Assert.ThrowsAsync<Crash>(() => RunAsync(context));
        var result = await RunAsync(context);

        Assert.Equal(12_000, (long)result.Details!["rows"]!);
        Assert.Equal(Enumerable.Range(0, 12_000).Select(i => $"{i}.5"), await ValuesAsync(sheet, "price"));
    }

    [Fact]
    public async Task AMappedSheetIsCastWhereTheSettingsNameIt()
    {
        var sheet = await SheetAsync([("price", "number")], ["1,5"]);
        var mapped = await _server.Client.Jobs.CreateAsync(new JobConfig { Type = "sheet", Operation = "x", Source = sheet.Id, Trigger = JobTrigger.Manual });
        await _server.Client.Jobs.CompleteAsync(mapped.Id, new JobEnd { Outcome = new JsonObject { ["message"] = "m", ["claimed"] = true, ["sheetId"] = sheet.Id, ["sheetSlug"] = "t" } });
        var @event = Events.Of("job:completed", new { jobId = mapped.Id }, new { job = "file:automap" });
        var settings = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("Autocast:Sheets:0", "t*")]).Build();
        for (var i = 0; i < 2; i++)
        {
            await new StartAutocast(_server.Client, settings).HandleAsync(new TestEventContext(@event), CancellationToken.None);
            await new StartAutocast(_server.Client).HandleAsync(new TestEventContext(@event), CancellationToken.None);
        }

        var jobs = new List<Job>();
        await foreach (var job in _server.Client.Jobs.ListAsync(new JobQuery { SpaceId = _spaceId }))
        {
            jobs.Add(job);
        }

        Assert.Equal(sheet.Id, Assert.Single(jobs, j => j.Operation == "autocast").Source);
    }

    [Theory]
    [InlineData("""{"dateOrder":"dym"}""", "The option dateOrder is 'dym'. It can be dmy, mdy, ymd or ydm.")]
    [InlineData("""{"decimalMark":";"}""", "The option decimalMark is ';'. It can be '.' or ','.")]
    [InlineData("""{"serialDates":"maybe"}""", "The option serialDates is 'maybe'. It can be true or false.")]
    public void AWrongOptionIsSaid(string input, string message) =>
        Assert.Equal(message, Assert.Throws<JobFailedException>(() => AutocastOptions.Of(null, JsonNode.Parse(input)!.AsObject())).Message);

    private async Task<Sheet> SheetAsync((string Key, string Type)[] fields, params string[][] rows)
    {
        var config = new SheetConfig { Name = "T", Slug = "t", Fields = [.. fields.Select(f => new Property { Key = f.Key, Type = f.Type })] };
        var workbook = await _server.Client.Workbooks.CreateAsync(new WorkbookConfig { Name = "W", SpaceId = _spaceId, EnvironmentId = _server.EnvironmentId, Sheets = [config] });
        var sheet = workbook.Sheets[0];
        await _server.Client.Records.InsertAsync(sheet.Id, [.. rows.Select(row => row.Select((text, i) => (text, i)).Where(c => c.text.Length > 0)
            .ToDictionary(c => fields[c.i].Key, c => new CellValue { Value = JsonSerializer.SerializeToElement(c.text) }))]);
        return sheet;
    }

    private async Task<JobResult> RunAsync(Sheet sheet, JsonObject? input = null, IConfiguration? settings = null) => await RunAsync(await JobAsync(sheet, input), settings);

    private Task<JobResult> RunAsync(TestJobContext context, IConfiguration? settings = null) => new CastSheet(_server.Client, settings).RunAsync(context, CancellationToken.None);

    private async Task<TestJobContext> JobAsync(Sheet sheet, JsonObject? input)
    {
        var job = await _server.Client.Jobs.CreateAsync(new JobConfig { Type = "sheet", Operation = "autocast", Source = sheet.Id, Trigger = JobTrigger.Manual, Input = input });
        return new TestJobContext(new { sheetId = sheet.Id }, job.Id);
    }

    private async Task<List<string>> ValuesAsync(Sheet sheet, string field) => [.. (await RecordsAsync(sheet)).Select(r => TextOf(r.Values[field]))];

    private async Task<List<FlatfileRecordData>> RecordsAsync(Sheet sheet)
    {
        var records = new List<FlatfileRecordData>();
        await foreach (var page in _server.Client.Records.ReadPagesAsync(sheet.Id, new RecordQuery { IncludeMessages = true }))
        {
            records.AddRange(page.Records);
        }

        return records;
    }

    private static string TextOf(CellValue cell) => cell.Value?.ValueKind switch
    {
        null or JsonValueKind.Null => "",
        JsonValueKind.String => cell.Value.Value.GetString()!,
        _ => cell.Value.Value.GetRawText(),
    };
}
