namespace Flatfile.Spaces.Records;

/// <summary>How much a sheet takes.</summary>
internal static class RecordLimits
{
    /// <summary>Fields of one sheet.</summary>
    public const int Fields = 1_000;

    /// <summary>Columns a sheet may use in its life: removed fields keep theirs. SQLite ends at 2,000.</summary>
    public const int Columns = 1_990;

    /// <summary>UTF-8 bytes of one cell.</summary>
    public const int TextBytes = 1_000_000;

    /// <summary>Elements of one list cell.</summary>
    public const int ListElements = 100;

    /// <summary>Rows of one page when the reader asks for no number.</summary>
    public const int DefaultPageSize = 10_000;

    /// <summary>Rows one commit event points to.</summary>
    public const int CommitPage = 10_000;

    /// <summary>The largest number of a sheet: a record id holds four hex digits of it.</summary>
    public const int SheetNumber = 0xFFFF;

    /// <summary>Ids one selection may name.</summary>
    public const int Ids = 50_000;
}
