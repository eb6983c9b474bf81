using System.Globalization;
using System.Text;

namespace Flatfile.Spaces.Records;

/// <summary>
/// A reader of "007" in a number field is shown 7. When it writes 7 back it has changed nothing, and the text that came must stay.
/// </summary>
internal static class ShownValue
{
    public static bool IsSame(SheetField field, CellData stored, CellData given, bool givenAsText)
    {
        if (stored.Kind != CellKind.Text || given.IsEmpty || given.Kind == CellKind.Json)
        {
            return false;
        }

        return field.Kind switch
        {
            FieldKind.Number => !givenAsText && IsSameNumber(stored.Bytes, field.KeyText(given)),
            FieldKind.Boolean => !givenAsText && BooleanText.Cast(stored.Bytes) is { } truth && truth == BooleanText.Cast(given.Bytes),
            FieldKind.Date => DateText.Cast(stored.Bytes) is { } date && given.Kind == CellKind.Text && date == Encoding.UTF8.GetString(given.Bytes),
            _ => false,
        };
    }

    /// <summary>JavaScript gives numbers back with the digits a double holds.</summary>
    private static bool IsSameNumber(ReadOnlySpan<byte> stored, string? given) =>
        NumberText.Canonical(stored) is { } canonical
        && (canonical == given
            || (double.TryParse(NumberText.Cast(stored), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && NumberText.Canonical(Encoding.ASCII.GetBytes(number.ToString("R", CultureInfo.InvariantCulture))) == given));
}
