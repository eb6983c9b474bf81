using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Xml.Workbooks;

/// <summary>A cell of a worksheet that has data.</summary>
/// <param name="Column">The first is 0.</param>
/// <param name="Kind">As the file says.</param>
/// <param name="Text">In the form the kind asks for.</param>
internal sealed record WorkbookCell(int Column, CellKind Kind, string Text)
{
    /// <summary>From the type and text of the file: dates without an empty time, times without the day zero, booleans as words.</summary>
    public static WorkbookCell Of(int column, string? type, string text) => type switch
    {
        _ when text.Length == 0 => new(column, CellKind.Empty, ""),
        "Number" => new(column, CellKind.Number, text),
        "Boolean" => new(column, CellKind.Boolean, text == "1" ? "true" : text == "0" ? "false" : text),
        "DateTime" => new(column, CellKind.Date, Date(text)),
        "Error" => new(column, CellKind.Error, text),
        _ => new(column, CellKind.Text, text),
    };

    private static string Date(string text)
    {
        var date = text.EndsWith(".000", StringComparison.Ordinal) ? text[..^4] : text;
        if (date.EndsWith("T00:00:00", StringComparison.Ordinal))
        {
            return date[..^9];
        }

        return date.StartsWith("1899-12-31T", StringComparison.Ordinal) ? date[11..] : date;
    }
}
