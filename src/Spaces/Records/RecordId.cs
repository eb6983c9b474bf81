using System.Globalization;

namespace Flatfile.Spaces.Records;

/// <summary>A record's id: <c>us_rc_</c>, four hex digits of the sheet's number, twelve of the row's. Nothing needs to be stored for it.</summary>
internal static class RecordId
{
    public const int Length = 22;

    private const string Prefix = "us_rc_";

    public static string Of(int sheet, long row) => string.Create(Length, (sheet, row), static (span, of) => Format(of.sheet, of.row, span));

    /// <summary>Writes the id into exactly <see cref="Length"/> characters.</summary>
    public static void Format(int sheet, long row, Span<char> text)
    {
        Prefix.CopyTo(text);
        sheet.TryFormat(text[6..], out _, "x4", CultureInfo.InvariantCulture);
        row.TryFormat(text[10..], out _, "x12", CultureInfo.InvariantCulture);
    }

    /// <summary>False for anything but an id of this sheet.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, int sheet, out long row)
    {
        row = 0;
        return text.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text[6..].IndexOfAnyExcept("0123456789abcdef") < 0
            && int.Parse(text.Slice(6, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) == sheet
            && long.TryParse(text[10..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out row);
    }
}
