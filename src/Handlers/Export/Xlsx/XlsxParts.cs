using System.Text;

namespace Flatfile.Agent.Handlers.Export.Xlsx;

/// <summary>The parts of a workbook beside its worksheets.</summary>
internal static class XlsxParts
{
    public const string Declaration = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""" + "\n";

    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    public const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private const string Package = "http://schemas.openxmlformats.org/package/2006/";
    private const string Sheetml = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    /// <summary>What the package begins with.</summary>
    public const string Root =
        $"""{Declaration}<Relationships xmlns="{Package}relationships"><Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""";

    /// <summary>Formats by number: 0 plain, 1 header, 2 date, 3 date and time.</summary>
    public const string Styles =
        $"""
        {Declaration}<styleSheet xmlns="{Main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/></numFmts>
        <fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
        <fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE7E6E6"/><bgColor indexed="64"/></patternFill></fill></fills>
        <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
        <cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>
        <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
        """;

    /// <summary>The list of all parts and what they are.</summary>
    /// <param name="sheets">How many worksheets there are.</param>
    /// <param name="commented">The numbers of those with comments.</param>
    public static string ContentTypes(int sheets, IReadOnlyList<int> commented)
    {
        var text = new StringBuilder(
            $"""{Declaration}<Types xmlns="{Package}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/><Override PartName="/xl/workbook.xml" ContentType="{Sheetml}sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{Sheetml}styles+xml"/>""");
        for (var number = 1; number <= sheets; number++)
        {
            text.Append($"""<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{Sheetml}worksheet+xml"/>""");
        }

        foreach (var number in commented)
        {
            text.Append($"""<Override PartName="/xl/comments{number}.xml" ContentType="{Sheetml}comments+xml"/>""");
        }

        return text.Append("</Types>").ToString();
    }

    /// <summary>From the workbook to its sheets and styles.</summary>
    public static string WorkbookRelationships(int sheets)
    {
        var text = new StringBuilder($"""{Declaration}<Relationships xmlns="{Package}relationships">""");
        for (var number = 1; number <= sheets; number++)
        {
            text.Append($"""<Relationship Id="rId{number}" Type="{Office}/worksheet" Target="worksheets/sheet{number}.xml"/>""");
        }

        return text.Append($"""<Relationship Id="rId{sheets + 1}" Type="{Office}/styles" Target="styles.xml"/></Relationships>""").ToString();
    }

    /// <summary>From a sheet to its comments and to their shapes.</summary>
    public static string SheetRelationships(int number) =>
        $"""{Declaration}<Relationships xmlns="{Package}relationships"><Relationship Id="rId1" Type="{Office}/vmlDrawing" Target="../drawings/vmlDrawing{number}.vml"/><Relationship Id="rId2" Type="{Office}/comments" Target="../comments{number}.xml"/></Relationships>""";
}
