using Flatfile.Agent.Handlers.Reading;

using Flatfile.Agent.Handlers.Spreadsheets.Package;

namespace Flatfile.Agent.Handlers.Spreadsheets.Xlsx;

/// <summary>What the workbook's own part says.</summary>
/// <param name="From1904">Days are counted from 1904.</param>
/// <param name="Sheets">Sheets with cells, in the order of their tabs, each with the part that holds it.</param>
internal sealed record WorkbookPart(bool From1904, IReadOnlyList<(SheetInfo Info, string Part)> Sheets)
{
    private const int MaxSheets = 5000;

    /// <summary>The name of the part that lists the sheets.</summary>
    /// <exception cref="UnreadableFileException">There is none.</exception>
    public static string Find(OfficePackage package)
    {
        var name = Relations.Of(package, "").FirstOrDefault(r => r.Kind == "officeDocument" && package.Has(r.Target))?.Target
            ?? package.Names.FirstOrDefault(n => n.EndsWith("xl/workbook.xml", StringComparison.OrdinalIgnoreCase) || n.EndsWith("xl/workbook.bin", StringComparison.OrdinalIgnoreCase));
        return name is not null && !name.StartsWith("word/", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("ppt/", StringComparison.OrdinalIgnoreCase) ? name : throw NoWorkbook(package);
    }

    /// <summary>Reads the part.</summary>
    /// <exception cref="System.Xml.XmlException">It is not well-formed.</exception>
    public static WorkbookPart Read(OfficePackage package, string name)
    {
        var relations = Relations.Of(package, name).GroupBy(r => r.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var sheets = new List<(SheetInfo, string)>();
        var (from1904, position) = (false, 0);
        using var xml = package.OpenXml(name);
        while (xml.ReadElement() && sheets.Count < MaxSheets)
        {
            switch (xml.LocalName)
            {
                case "workbookPr":
                    from1904 = xml.Flag("date1904");
                    break;
                case "sheet":
                    position++;
                    if (Part(package, relations, RelationId(xml), position) is { } part)
                    {
                        var hidden = xml.GetAttribute("state") is "hidden" or "veryHidden";
                        sheets.Add((new SheetInfo(xml.GetAttribute("name") ?? $"Sheet{position}", hidden), part));
                    }

                    break;
            }
        }

        return new WorkbookPart(from1904, sheets);
    }

    /// <returns>Null for a sheet without cells.</returns>
    private static string? Part(OfficePackage package, Dictionary<string, Relation> relations, string? id, int position)
    {
        if (id is not null && relations.TryGetValue(id, out var relation))
        {
            return relation.Kind == "worksheet" ? relation.Target : null;
        }

        var usual = $"xl/worksheets/sheet{position}.xml";
        return package.Has(usual) ? usual : throw new UnreadableFileException($"This workbook lists a sheet number {position} and does not hold it. Open the file in a spreadsheet program, save it anew, and upload it again.");
    }

    /// <summary>The attribute <c>id</c> of the namespace of relations, which has a different name in each dialect.</summary>
    private static string? RelationId(System.Xml.XmlReader xml)
    {
        for (var i = 0; i < xml.AttributeCount; i++)
        {
            xml.MoveToAttribute(i);
            if (xml.LocalName == "id" && xml.NamespaceURI.EndsWith("/relationships", StringComparison.Ordinal))
            {
                var id = xml.Value;
                xml.MoveToElement();
                return id;
            }
        }

        xml.MoveToElement();
        return null;
    }

    private static UnreadableFileException NoWorkbook(OfficePackage package) => new(
        package.Names.Any(n => n.StartsWith("word/", StringComparison.OrdinalIgnoreCase)) ? "This file is a text document, not a workbook. Put its table into a spreadsheet, and upload that."
        : package.Names.Any(n => n.StartsWith("ppt/", StringComparison.OrdinalIgnoreCase)) ? "This file is a presentation, not a workbook. Put its table into a spreadsheet, and upload that."
        : "This file is a ZIP archive but no workbook: it has no part with a list of sheets. If it holds files with tables, upload those.");
}
