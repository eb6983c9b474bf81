using System.IO.Compression;
using System.Text;

namespace Flatfile.Agent.Handlers.Tests.Spreadsheets;

/// <summary>An XLSX file written part by part, so that a test says exactly what stands in it.</summary>
internal sealed class XlsxParts
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    public const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly List<(string Name, string State, string Part)> _sheets = [];
    private readonly Dictionary<string, byte[]> _parts = new(StringComparer.Ordinal);

    /// <summary>Attributes of the element workbookPr.</summary>
    public string Properties { get; init; } = "";

    /// <summary>Adds a sheet whose rows are XML: <c>&lt;row&gt;…&lt;/row&gt;</c>.</summary>
    public XlsxParts Sheet(string rows, string name = "Sheet1", string state = "visible", string before = "", string behind = "") =>
        RawSheet($"""<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{Main}">{before}<sheetData>{rows}</sheetData>{behind}</worksheet>""", name, state);

    /// <summary>Adds a sheet whose part is given whole.</summary>
    public XlsxParts RawSheet(string xml, string name = "Sheet1", string state = "visible")
    {
        var part = $"worksheets/sheet{_sheets.Count + 1}.xml";
        _sheets.Add((name, state, part));
        return Part("xl/" + part, xml);
    }

    /// <summary>Texts the cells refer to, each as the XML inside si.</summary>
    public XlsxParts Strings(params string[] texts) =>
        Part("xl/sharedStrings.xml", $"""<sst xmlns="{Main}">{string.Concat(texts.Select(t => $"<si>{t}</si>"))}</sst>""");

    /// <summary>One style for each format: a number for one that is built in, a code for another.</summary>
    public XlsxParts Styles(params string[] formats)
    {
        var custom = formats.Select((f, i) => (Code: f, Id: 164 + i)).Where(f => !IsBuiltIn(f.Code)).ToList();
        var definitions = string.Concat(custom.Select(f => $"""<numFmt numFmtId="{f.Id}" formatCode="{System.Security.SecurityElement.Escape(f.Code)}"/>"""));
        var uses = string.Concat(formats.Select((f, i) => $"""<xf numFmtId="{(IsBuiltIn(f) ? f : $"{164 + i}")}"/>"""));
        return Part("xl/styles.xml", $"""<styleSheet xmlns="{Main}"><numFmts>{definitions}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{uses}</cellXfs></styleSheet>""");
    }

    /// <summary>Adds or replaces a part.</summary>
    public XlsxParts Part(string name, string content) => Part(name, Encoding.UTF8.GetBytes(content));

    /// <inheritdoc cref="Part(string, string)"/>
    public XlsxParts Part(string name, byte[] content)
    {
        _parts[name] = content;
        return this;
    }

    /// <summary>The file.</summary>
    public byte[] ToBytes()
    {
        var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in Usual().Where(p => !_parts.ContainsKey(p.Name)).Select(p => (p.Name, Encoding.UTF8.GetBytes(p.Content))).Concat(_parts.Select(p => (p.Key, p.Value))))
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(content);
            }
        }

        return file.ToArray();
    }

    /// <summary>A number; <c>00</c> and its like are codes.</summary>
    private static bool IsBuiltIn(string format) => format == "0" || (format[0] is >= '1' and <= '9' && format.All(char.IsAsciiDigit));

    private IEnumerable<(string Name, string Content)> Usual()
    {
        yield return ("_rels/.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        var relations = string.Concat(_sheets.Select((s, i) => $"""<Relationship Id="rId{i + 1}" Type="{Office}/worksheet" Target="{s.Part}"/>"""));
        var others = $"""<Relationship Id="s1" Type="{Office}/styles" Target="styles.xml"/><Relationship Id="s2" Type="{Office}/sharedStrings" Target="sharedStrings.xml"/>""";
        yield return ("xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}{others}</Relationships>""");
        var sheets = string.Concat(_sheets.Select((s, i) => $"""<sheet name="{System.Security.SecurityElement.Escape(s.Name)}" sheetId="{i + 1}" state="{s.State}" r:id="rId{i + 1}"/>"""));
        yield return ("xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Office}"><workbookPr {Properties}/><sheets>{sheets}</sheets></workbook>""");
    }
}
