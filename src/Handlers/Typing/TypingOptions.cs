namespace Flatfile.Agent.Handlers.Typing;

/// <summary>What a person knows better of a column's values. What is null is found out from all of them.</summary>
public sealed record TypingOptions
{
    /// <summary>Everything is found out.</summary>
    public static TypingOptions Auto { get; } = new();

    /// <summary><c>.</c> or <c>,</c>.</summary>
    public char? DecimalMark { get; init; }

    /// <summary>For dates in numbers.</summary>
    public DateOrder? DateOrder { get; init; }

    /// <summary>Years of two digits up to this one's last two belong to its century, the others to the century before.</summary>
    public int TwoDigitYearMax { get; init; } = 2049;

    /// <summary>Whole numbers are days as spreadsheets count them; null for only where the column's name speaks of dates.</summary>
    public bool? SerialDates { get; init; }

    /// <summary>Spreadsheet days count from 1904, as in old files of a Macintosh.</summary>
    public bool Count1904 { get; init; }

    /// <summary>How many different values of a column are kept in mind.</summary>
    public int MostDistinct { get; init; } = 1_000;
}
