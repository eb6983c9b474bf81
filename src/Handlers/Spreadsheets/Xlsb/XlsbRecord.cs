namespace Flatfile.Agent.Handlers.Spreadsheets.Xlsb;

/// <summary>The records that are read, by their ids.</summary>
internal static class XlsbRecord
{
    public const int Row = 0;
    public const int BlankCell = 1;
    public const int PackedNumberCell = 2;
    public const int ErrorCell = 3;
    public const int BooleanCell = 4;
    public const int NumberCell = 5;
    public const int TextCell = 6;
    public const int SharedTextCell = 7;
    public const int TextResult = 8;
    public const int NumberResult = 9;
    public const int BooleanResult = 10;
    public const int ErrorResult = 11;

    /// <summary>From here to <see cref="LastShortCell"/>: the cells from <see cref="BlankCell"/> on, right of the one before, without their column.</summary>
    public const int FirstShortCell = 12;
    public const int LastShortCell = 18;

    public const int SharedText = 19;
    public const int NumberFormat = 44;
    public const int Style = 47;
    public const int RichTextCell = 62;
    public const int EndSheet = 130;
    public const int BeginRows = 145;
    public const int EndRows = 146;
    public const int Dimension = 148;
    public const int WorkbookProperties = 153;
    public const int Sheet = 156;
    public const int EndSharedTexts = 160;
    public const int MergedCells = 176;
    public const int BeginCellStyles = 617;
    public const int EndCellStyles = 618;
}
