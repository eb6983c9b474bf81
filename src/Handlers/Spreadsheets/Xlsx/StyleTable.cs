using System.Globalization;
using System.Xml;

using Flatfile.Agent.Handlers.Spreadsheets.Package;

namespace Flatfile.Agent.Handlers.Spreadsheets.Xlsx;

/// <summary>The number format of every cell style of a workbook.</summary>
internal static class StyleTable
{
    private const int MaxStyles = 1_000_000;

    /// <summary>Reads the styles part.</summary>
    /// <returns>One format per style, in the order cells refer to them by.</returns>
    public static IReadOnlyList<NumberFormat> Read(XmlReader xml)
    {
        var custom = new Dictionary<int, NumberFormat>();
        var styles = new List<NumberFormat>();
        var inCells = -1;
        while (xml.ReadElement() && styles.Count < MaxStyles)
        {
            if (inCells >= 0 && xml.Depth <= inCells)
            {
                inCells = -1;
            }

            switch (xml.LocalName)
            {
                case "numFmt" when inCells < 0 && Id(xml) is { } id && xml.GetAttribute("formatCode") is { } code:
                    custom.TryAdd(id, NumberFormat.Parse(code));
                    break;
                case "cellXfs":
                    inCells = xml.Depth;
                    break;
                case "xf" when inCells >= 0:
                    styles.Add(Id(xml) is { } used ? custom.GetValueOrDefault(used) ?? NumberFormat.BuiltIn(used) : NumberFormat.General);
                    break;
            }
        }

        return styles;
    }

    private static int? Id(XmlReader xml) =>
        int.TryParse(xml.GetAttribute("numFmtId"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
