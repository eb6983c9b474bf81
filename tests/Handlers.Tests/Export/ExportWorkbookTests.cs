using System.IO.Compression;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Tests.Export;

/// <summary>Exports out of the real server, read back with the vendor's own library.</summary>
public sealed class ExportWorkbookTests : IAsyncLifetime
{
    private ExportWorld _world = null!;

    public async Task InitializeAsync()
    {
        _world = await ExportWorld.StartAsync(
            ExportWorld.Sheet("People", ("name", PropertyType.String), ("age", PropertyType.Number), ("member", PropertyType.Boolean), ("born", PropertyType.Date), ("tags", PropertyType.StringList)),
            ExportWorld.Sheet("A/B: [all] the things of the whole company", ("n", PropertyType.String)));
        await _world.AddAsync(0,
            """{"name":"Ada <&> \"quoted\" _x000B_ \u000b tab\t new\nline \r 😀","age":36.5,"member":true,"born":"1815-12-10","tags":["a","b"]}""",
            """{"name":"007","age":-12.5,"member":false,"born":"1906-12-09"}""",
            """{"name":"=1+1","age":"many","born":"1969-07-20T20:17:40Z"}""");
        await _world.AddAsync(1, """{"n":"1"}""");
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task TypesMessagesAndNamesStandInAWorkbookThatTheVendorsLibraryFindsRight()
    {
        var result = await _world.ExportAsync();

        using var workbook = new OpenedWorkbook(await _world.FileAsync(result));
        Assert.Empty(workbook.Faults());
        Assert.Equal(["People", "A_B_ _all_ the things of the wh"], workbook.SheetNames);
        var cells = workbook.Cells(0);
        Assert.Equal(("inlineStr", 1u, "The name"), cells["A1"]);
        Assert.Equal("Ada <&> \"quoted\" _x000B_ \u000b tab\t new\nline \r 😀", cells["A2"].Text);
        Assert.Equal(("n", 0u, "36.5"), cells["B2"]);
        Assert.Equal(("b", 0u, "1"), cells["C2"]);
        Assert.Equal(("inlineStr", 0u, "1815-12-10"), cells["D2"]);
        Assert.Equal("a, b", cells["E2"].Text);
        Assert.Equal(("inlineStr", 0u, "007"), cells["A3"]);
        Assert.Equal(("n", 0u, "-12.5"), cells["B3"]);
        Assert.Equal(("n", 2u, "2535"), cells["D3"]);
        Assert.False(cells.ContainsKey("E3"));
        Assert.Equal(("inlineStr", 0u, "=1+1"), cells["A4"]);
        Assert.Equal(0, workbook.Formulas(0));
        Assert.Equal("A2", workbook.FrozenPane(0)!.TopLeftCell!.Value);
        Assert.StartsWith("error: ", Assert.Single(workbook.Comments(0)).Value);
        Assert.Equal("B4", workbook.Comments(0).Keys.Single());
        Assert.Empty(workbook.Comments(1));
    }

    [Fact]
    public async Task TheOutcomeGivesTheFileAndExactCounts()
    {
        var result = await _world.ExportAsync();

        var file = Assert.Single(await _world.FilesAsync());
        Assert.Equal("export", file.Mode);
        Assert.EndsWith(".xlsx", file.Name);
        Assert.StartsWith($"4 rows are in {file.Name}: People (3), ", result.Message);
        Assert.Equal(file.Id, (string)result.Next!["files"]![0]!["fileId"]!);
        Assert.Equal((4L, file.Size, file.Sha256), ((long)result.Details!["rowsWritten"]!, (long)result.Details["size"]!, (string)result.Details["sha256"]!));
        Assert.Equal(1L, (long)result.Details["sheets"]![0]!["messages"]!);
    }

    [Theory]
    [InlineData("valid", 2)]
    [InlineData("error", 1)]
    [InlineData("all", 3)]
    public async Task AFilterTakesItsRows(string filter, int rows)
    {
        var result = await _world.ExportAsync($$"""{"format":"csv","recordFilter":"{{filter}}"}""", _world.Workbook.Sheets[0].Id);

        Assert.Equal(rows, (long)result.Details!["rowsWritten"]!);
        Assert.Equal(rows, (await ReadTable.FromTextAsync(await _world.TextAsync(result))).Rows.Count);
    }

    [Fact]
    public async Task CsvHasItsDialectFieldsIdsAndMessages()
    {
        var result = await _world.ExportAsync(
            """{"format":"csv","delimiter":";","lineEnd":"lf","bom":false,"header":"keys","fields":["age","born"],"includeRecordIds":"true","includeMessages":true}""", _world.Workbook.Sheets[0].Id);

        var lines = (await _world.TextAsync(result)).Split('\n');
        Assert.Equal("recordId;age;born;Messages", lines[0]);
        Assert.Matches("^us_rc_[^;]+;36.5;1815-12-10;$", lines[1]);
        Assert.Matches("^us_rc_[^;]+;many;1969-07-20.*;age: .+$", lines[3]);
        Assert.Equal("", lines[4]);
    }

    [Fact]
    public async Task JsonLinesKeepTypesAndDigits()
    {
        var result = await _world.ExportAsync("""{"format":"jsonl"}""", _world.Workbook.Sheets[0].Id);

        var lines = (await _world.TextAsync(result)).Split('\n');
        Assert.Equal("""{"name":"007","age":-12.5,"member":false,"born":"1906-12-09","tags":null}""", lines[1]);
        Assert.Contains("\"tags\":[\"a\",\"b\"]", lines[0]);
    }

    [Fact]
    public async Task SeveralSheetsAsCsvAreAnArchiveWithSafeNames()
    {
        var result = await _world.ExportAsync("""{"format":"csv"}""");

        using var archive = new ZipArchive(await _world.FileAsync(result));
        Assert.Equal(["People.csv", "A_B_ [all] the things of the whole company.csv"], archive.Entries.Select(e => e.FullName));
        using var reader = new StreamReader(archive.Entries[1].Open());
        Assert.Equal("The n\r\n1\r\n", await reader.ReadToEndAsync());
    }

    [Theory]
    [InlineData("""{"format":"pdf"}""", "The format 'pdf' is none of xlsx, csv, jsonl. Choose one of them.")]
    [InlineData("""{"sheets":["nobody"]}""", "There is no sheet to export. The workbook has: ")]
    [InlineData("""{"guardFormulas":false,"format":"csv"}""", "This export asks for texts that a spreadsheet may run as formulas")]
    [InlineData("""{"allowUnguarded":true,"guardFormulas":false,"format":"csv"}""", "This export asks for texts that a spreadsheet may run as formulas")]
    [InlineData("""{"bom":"perhaps"}""", "The option 'bom' has a value of the wrong kind.")]
    public async Task WhatCannotBeDoneIsSaid(string input, string message)
    {
        var fault = await Assert.ThrowsAsync<JobFailedException>(() => _world.ExportAsync(input));

        Assert.StartsWith(message, fault.Message);
        Assert.Empty(await _world.FilesAsync());
    }

    [Fact]
    public async Task SettingsAreTheGroundAndTheJobsInputWins()
    {
        var byHand = await _world.ExportAsync("""{"lineEnd":"lf","GuardFormulas":false}""", _world.Workbook.Sheets[0].Id,
            ("Export:Format", "csv"), ("Export:LineEnd", "crlf"), ("Export:Bom", "False"), ("Export:Fields:0", "name"), ("Export:AllowUnguarded", "true"));

        Assert.EndsWith("\n007\n=1+1\n", await _world.TextAsync(byHand));
    }

    /// <summary>What is exported as XLSX comes back by our own reader, control characters and all.</summary>
    [Fact]
    public async Task AWorkbookReadBackGivesTheTextsAndTypesItWasMadeOf()
    {
        var bytes = await _world.FileAsync(await _world.ExportAsync());

        await using var file = await FileFormats.OpenAsync(await FileContent.OpenAsync(bytes, "a.xlsx", bytes.Length, CancellationToken.None), ReadOptions.Auto, CancellationToken.None);
        var table = (await file.NextTableAsync(CancellationToken.None))!;

        Assert.Equal(["The name", "The age", "The member", "The born", "The tags"], table.Labels);
        var rows = new List<string[]>();
        while (await table.ReadAsync(CancellationToken.None))
        {
            rows.Add([.. Enumerable.Range(0, 5).Select(i => table.Cell(i).ToString())]);
        }

        Assert.Equal(
            [
                ["Ada <&> \"quoted\" _x000B_ \u000b tab\t new\nline \r 😀", "36.5", "true", "1815-12-10", "a, b"],
                ["007", "-12.5", "false", "1906-12-09", ""],
                ["=1+1", "many", "", "1969-07-20", ""],
            ],
            rows);
    }
}
