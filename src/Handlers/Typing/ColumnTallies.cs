using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Typing;

/// <summary>All counts of one column.</summary>
internal sealed class ColumnTallies(TypingOptions options)
{
    public NumberTally Numbers { get; } = new();

    public DateTally Dates { get; } = new(options.TwoDigitYearMax);

    public TextTally Texts { get; } = new(options.MostDistinct);

    public long Filled { get; private set; }

    public long Blank { get; private set; }

    public long BlankWords { get; private set; }

    public long Times { get; private set; }

    public long Durations { get; private set; }

    public long True { get; private set; }

    public long False { get; private set; }

    /// <summary>Truth values that are 0 or 1.</summary>
    public long Bits { get; private set; }

    /// <summary>Truth values of one letter or sign.</summary>
    public long Letters { get; private set; }

    public void Add(ReadOnlySpan<char> cell, CellKind kind)
    {
        var trimmed = cell.Trim();
        if (trimmed.IsEmpty || kind == CellKind.Empty)
        {
            Blank++;
            return;
        }

        if (Typing.BlankWords.Contains(trimmed))
        {
            Blank++;
            BlankWords++;
            return;
        }

        Filled++;
        Texts.Add(trimmed);
        AddTruth(trimmed);
        var isDate = Dates.Add(trimmed);
        if (!Numbers.Add(trimmed, kind == CellKind.Number) && !isDate)
        {
            Times += TimeText.Parse(trimmed) is null ? 0 : 1;
            Durations += TimeReading.DurationOf(trimmed) is null ? 0 : 1;
        }
    }

    private void AddTruth(ReadOnlySpan<char> cell)
    {
        if (BooleanReading.Find(cell) is not { } truth)
        {
            return;
        }

        True += truth ? 1 : 0;
        False += truth ? 0 : 1;
        Bits += cell is "0" or "1" ? 1 : 0;
        Letters += cell.Length == 1 && cell is not ("0" or "1" or "x" or "X" or "✓" or "✔" or "✗" or "✘" or "☑" or "☐") ? 1 : 0;
    }
}
