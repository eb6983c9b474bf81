using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Benchmarks;

/// <summary>Writes an XLSX file as Excel does: shared texts, whole numbers, decimals and dates by turns.</summary>
internal static class SpreadsheetFile
{
    public const int Columns = 20;

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Content = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    public static async Task WriteAsync(string path, int rows)
    {
        await using var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        await PartAsync(archive, "[Content_Types].xml", $"""<Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{Content}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Content}.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="{Content}.sharedStrings+xml"/><Override PartName="/xl/styles.xml" ContentType="{Content}.styles+xml"/></Types>""");
        await PartAsync(archive, "_rels/.rels", $"""<Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        await PartAsync(archive, "xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>""");
        await PartAsync(archive, "xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Office}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="{Office}/styles" Target="styles.xml"/></Relationships>""");
        await PartAsync(archive, "xl/styles.xml", $"""<styleSheet xmlns="{Main}"><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>""");
        var texts = await RowsAsync(archive, rows);
        await using var part = new StreamWriter(await archive.CreateEntry("xl/sharedStrings.xml").OpenAsync());
        await part.WriteAsync($"<sst xmlns=\"{Main}\" uniqueCount=\"{texts.Count}\">");
        foreach (var text in texts.Keys)
        {
            await part.WriteAsync($"<si><t>{text}</t></si>");
        }

        await part.WriteAsync("</sst>");
    }

    private static async Task<Dictionary<string, int>> RowsAsync(ZipArchive archive, int rows)
    {
        var random = new Random(20);
        var texts = new Dictionary<string, int>(StringComparer.Ordinal);
        await using var part = new StreamWriter(await archive.CreateEntry("xl/worksheets/sheet1.xml").OpenAsync());
        await part.WriteAsync($"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{Main}\"><dimension ref=\"A1:T{rows + 1}\"/><sheetData>");
        var row = new StringBuilder();
        for (var number = 1; number <= rows + 1; number++)
        {
            row.Clear().Append(CultureInfo.InvariantCulture, $"<row r=\"{number}\" spans=\"1:{Columns}\">");
            for (var column = 0; column < Columns; column++)
            {
                var (attributes, value) = number == 1 ? Text($"column {column + 1}") : Cell(column);
                row.Append(CultureInfo.InvariantCulture, $"<c r=\"{(char)('A' + column)}{number}\"{attributes}><v>{value}</v></c>");
            }

            await part.WriteAsync(row.Append("</row>"));
        }

        await part.WriteAsync("</sheetData></worksheet>");
        return texts;

        (string Attributes, string Value) Cell(int column) => (column % 5) switch
        {
            0 => ("", random.Next().ToString(CultureInfo.InvariantCulture)),
            1 => ("", (random.Next(1_000_000) / 100m).ToString(CultureInfo.InvariantCulture)),
            2 => (" s=\"1\"", random.Next(30_000, 46_000).ToString(CultureInfo.InvariantCulture)),
            3 => Text($"name {random.Next(100_000)}"),
            _ => Text($"city {random.Next(1_000)}"),
        };

        (string Attributes, string Value) Text(string text)
        {
            if (!texts.TryGetValue(text, out var index))
            {
                index = texts.Count;
                texts.Add(text, index);
            }

            return (" t=\"s\"", index.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static async Task PartAsync(ZipArchive archive, string name, string text)
    {
        await using var part = new StreamWriter(await archive.CreateEntry(name).OpenAsync());
        await part.WriteAsync(text);
    }
}
