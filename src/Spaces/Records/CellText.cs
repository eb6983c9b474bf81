using System.Globalization;
using System.Text;

namespace Flatfile.Spaces.Records;

/// <summary>A cell as the text of its shown value, as exports and plain values need it.</summary>
internal static class CellText
{
    /// <summary>Numbers, dates and truth values in the one form the API shows them in; the elements of a list joined by a comma and a space; empty cells empty.</summary>
    public static string Of(SheetField field, CellData cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Null:
                return "";
            case CellKind.Integer:
                return cell.Integer.ToString(CultureInfo.InvariantCulture);
            case CellKind.Json when cell.Bytes[0] == '[':
                return string.Join(", ", ListCells.Elements(cell));
            case CellKind.Json:
                return Encoding.UTF8.GetString(cell.Bytes);
        }

        return (field.IsList ? null : field.Kind switch
        {
            FieldKind.Number when !NumberText.IsJson(cell.Bytes) => NumberText.Cast(cell.Bytes),
            FieldKind.Boolean => BooleanText.Cast(cell.Bytes) switch { true => "true", false => "false", null => null },
            FieldKind.Date => DateText.Cast(cell.Bytes),
            _ => null,
        }) ?? Encoding.UTF8.GetString(cell.Bytes);
    }
}
