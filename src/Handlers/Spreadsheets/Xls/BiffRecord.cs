namespace Flatfile.Agent.Handlers.Spreadsheets.Xls;

/// <summary>The records that are read, by their ids.</summary>
internal static class BiffRecord
{
    public const int Formula = 0x06;
    public const int End = 0x0A;
    public const int DateMode = 0x22;
    public const int CodePage = 0x42;
    public const int FilePassword = 0x2F;
    public const int Continue = 0x3C;
    public const int Sheet = 0x85;
    public const int PackedNumbers = 0xBD;
    public const int RichText = 0xD6;
    public const int Style = 0xE0;
    public const int MergedCells = 0xE5;
    public const int SharedTexts = 0xFC;
    public const int SharedText = 0xFD;
    public const int Dimensions = 0x200;
    public const int Number = 0x203;
    public const int Text = 0x204;
    public const int BooleanOrError = 0x205;
    public const int TextResult = 0x207;
    public const int Row = 0x208;

    /// <summary>Some programs write a formula with the id of an older version.</summary>
    public const int FormulaOf3 = 0x206;
    public const int FormulaOf4 = 0x406;
    public const int PackedNumber = 0x27E;
    public const int NumberFormat = 0x41E;
    public const int Begin = 0x809;

    /// <summary>The version in <see cref="Begin"/> of Excel 5 and 95, whose texts are bytes of a code page.</summary>
    public const int Version5 = 0x500;

    /// <summary>The version of Excel 97 to 2003.</summary>
    public const int Version8 = 0x600;
}
