using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Flow.Tests.Support;

namespace Flow.Tests;

/// <summary>The process is killed in the middle of reading a file of each kind: the next start goes on, and every row is there once, in its order.</summary>
public sealed class ExtractorKillTests
{
    private const int Rows = 6_200;

    /// <summary>Two tables each: the death comes within the first or within the second.</summary>
    [Theory]
    [InlineData("rows.json", "job.after-post:1")]
    [InlineData("rows.xlsx", "job.after-post:3")]
    [InlineData("rows.zip", "job.before-post:3")]
    [InlineData("rows.xml", "job.after-post:2")]
    [InlineData("rows.html", "job.before-checkpoint:3")]
    [InlineData("rows.csv", "job.after-post:3")]
    [InlineData("rows.xls", "job.before-checkpoint:2")]
    [InlineData("rows.xlsb", "job.after-post:3")]
    public async Task AFileThatWasBeingReadIsReadToItsEndAndEveryRowIsThereOnce(string name, string place)
    {
        using var data = new TempFolder();
        var file = Path.Combine(data.Path, name);
        await WriteAsync(file);
        await using (var first = Start(data, file, new() { ["FLATFILE_AGENT_FAILPOINTS"] = place + ":kill" }))
        {
            var killed = await first.WaitForExitAsync(TimeSpan.FromMinutes(2));
            Assert.True(killed == 137, $"{place} was not met: exit {killed}\n{first.Errors}");
        }

        await using var second = Start(data, file, []);
        var exit = await second.WaitForExitAsync(TimeSpan.FromMinutes(2));
        Assert.True(exit == 0, $"exit {exit}\n{second.Errors}\n{second.Output}");
        using var result = JsonDocument.Parse(second.Output);
        var report = Assert.Single(result.RootElement.GetProperty("files").EnumerateArray().ToList());
        await using var server = AgentProcess.Start("serve", "--data", Path.Combine(data.Path, "data"), "--port", "0");
        using var probe = await SpacesProbe.OpenAsync(Path.Combine(data.Path, "data"), server, TimeSpan.FromSeconds(30));
        var workbook = await probe.GetAsync($"workbooks/{report.GetProperty("workbookId").GetString()}");
        var sheets = workbook.GetProperty("sheets").EnumerateArray().Select(s => s.GetProperty("id").GetString()!).ToList();
        var expected = 0;
        foreach (var sheet in sheets)
        {
            expected += Rows;
            Assert.Equal(Enumerable.Range(1, Rows), await IdsAsync(probe, sheet));
        }

        Assert.Equal((expected, expected), (report.GetProperty("rowsRead").GetInt32(), report.GetProperty("rowsWritten").GetInt32()));
        Assert.Equal(Path.GetExtension(name) == ".xml" ? 1 : 2, sheets.Count);
        var ledger = await probe.GetAsync($"files/{report.GetProperty("fileId").GetString()}/ledger");
        Assert.Equal((expected, expected, 0), (Count("rowsRead"), Count("rowsWritten"), Count("rowsRefused")));

        int Count(string member) => ledger.GetProperty(member).GetInt32();
    }

    private static AgentProcess Start(TempFolder data, string file, Dictionary<string, string> environment) =>
        AgentProcess.Start(environment, "import", file, "--space", "Kinds", "--json", "--data", Path.Combine(data.Path, "data"));

    private static async Task<List<int>> IdsAsync(SpacesProbe probe, string sheet)
    {
        var ids = new List<int>();
        for (var page = 1; ; page++)
        {
            var records = (await probe.GetAsync($"sheets/{sheet}/records?pageSize=5000&pageNumber={page}")).GetProperty("records").EnumerateArray().ToList();
            if (records.Count == 0)
            {
                return ids;
            }

            ids.AddRange(records.Select(r => int.Parse(r.GetProperty("values").GetProperty("id").GetProperty("value").GetString()!, CultureInfo.InvariantCulture)));
        }
    }

    private static Task WriteAsync(string file) => Path.GetExtension(file) switch
    {
        ".json" => File.WriteAllTextAsync(file, $$"""{"people":[{{Join(",", Json)}}],"pets":[{{Join(",", Json)}}]}"""),
        ".xml" => File.WriteAllTextAsync(file, $"<rows>{Join("", i => $"<row><id>{i}</id><name>name {i}</name></row>")}</rows>"),
        ".html" => File.WriteAllTextAsync(file, $"<html><body>{HtmlTable()}<p>between</p>{HtmlTable()}</body></html>"),
        ".csv" => File.WriteAllTextAsync(file, $"id,name\n{Join("\n", i => $"{i},name {i}")}\n\n\nid,name,more\n{Join("\n", i => $"{i},name {i},x")}\n"),
        ".xls" => File.WriteAllBytesAsync(file, BinaryWorkbook.Xls(Rows)),
        ".xlsb" => ZipAsync(file, BinaryWorkbook.Xlsb(Rows)),
        ".zip" => ZipAsync(file, ("a.csv", $"id,name\n{Join("\n", i => $"{i},name {i}")}\n"), ("b.json", $"[{Join(",", Json)}]")),
        _ => ZipAsync(
            file,
            ("[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""),
            ("_rels/.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"""),
            ("xl/workbook.xml", """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="People" sheetId="1" r:id="r1"/><sheet name="Pets" sheetId="2" r:id="r2"/></sheets></workbook>"""),
            ("xl/_rels/workbook.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>"""),
            ("xl/worksheets/sheet1.xml", XlsxSheet()),
            ("xl/worksheets/sheet2.xml", XlsxSheet())),
    };

    private static string Json(int i) => $$"""{"id":{{i}},"name":"name {{i}}"}""";

    private static string HtmlTable() => $"<table><tr><th>id</th><th>name</th></tr>{Join("", i => $"<tr><td>{i}</td><td>name {i}</td></tr>")}</table>";

    private static string XlsxSheet() =>
        $"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c t="inlineStr"><is><t>id</t></is></c><c t="inlineStr"><is><t>name</t></is></c></row>{Join("", i => $"""<row r="{i + 1}"><c><v>{i}</v></c><c t="inlineStr"><is><t>name {i}</t></is></c></row>""")}</sheetData></worksheet>""";

    private static string Join(string between, Func<int, string> row) => string.Join(between, Enumerable.Range(1, Rows).Select(row));

    private static Task ZipAsync(string path, params (string Name, string Text)[] entries) =>
        ZipAsync(path, [.. entries.Select(e => (e.Name, Encoding.UTF8.GetBytes(e.Text)))]);

    private static async Task ZipAsync(string path, (string Name, byte[] Bytes)[] entries)
    {
        await using var file = File.Create(path);
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        foreach (var (name, bytes) in entries)
        {
            await using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
            await entry.WriteAsync(bytes);
        }
    }
}
