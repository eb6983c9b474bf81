namespace Flatfile.Agent.Handlers.Typing;

/// <summary>What the dates of a column have in common, counted cell by cell.</summary>
internal sealed class DateTally(int twoDigitYearMax)
{
    private readonly long[] _fits = new long[4];
    private readonly DaySequence _dayFirst = new();
    private readonly DaySequence _monthFirst = new();
    private UInt128 _firsts;
    private UInt128 _lasts;

    public long Count { get; private set; }

    public long Named { get; private set; }

    public long Compact { get; private set; }

    public long Dotted { get; private set; }

    public long Times { get; private set; }

    public long NotMidnight { get; private set; }

    public long ShortYears { get; private set; }

    /// <summary>Only day before month gives a day, and the other way round.</summary>
    public long DayFirstOnly { get; private set; }

    public long MonthFirstOnly { get; private set; }

    /// <summary>Two orders give two days.</summary>
    public long Open { get; private set; }

    /// <summary>How many different numbers stand first and last in dates whose year has two digits.</summary>
    public int ShortFirsts => (int)UInt128.PopCount(_firsts);

    public int ShortLasts => (int)UInt128.PopCount(_lasts);

    public string? DayFirstExample { get; private set; }

    public string? MonthFirstExample { get; private set; }

    public string? OpenExample { get; private set; }

    public string? Example { get; private set; }

    public bool OnlyDayFirstIsSorted => _dayFirst.IsSorted && !_monthFirst.IsSorted;

    public bool OnlyMonthFirstIsSorted => _monthFirst.IsSorted && !_dayFirst.IsSorted;

    public long Fits(DateOrder order) => _fits[(int)order];

    /// <summary>Counts a cell if it is a date in any order.</summary>
    public bool Add(ReadOnlySpan<char> cell)
    {
        if (!DateShape.TryParse(cell, out var shape))
        {
            return false;
        }

        var found = false;
        Span<DateOnly?> days = stackalloc DateOnly?[4];
        for (var order = 0; order < days.Length; order++)
        {
            days[order] = shape.DayBy((DateOrder)order, twoDigitYearMax);
            _fits[order] += days[order] is null ? 0 : 1;
            found |= days[order] is not null;
        }

        if (!found)
        {
            return false;
        }

        Count++;
        Example ??= cell.Trim().ToString();
        Named += shape.Month > 0 ? 1 : 0;
        Compact += shape.Month == 0 && shape.Separator == '\0' ? 1 : 0;
        Dotted += shape.Month == 0 && shape.Separator == '.' ? 1 : 0;
        Times += shape.Time is null ? 0 : 1;
        NotMidnight += shape.Time is { IsMidnight: false } ? 1 : 0;
        ShortYears += shape.HasShortYear ? 1 : 0;
        if (shape is { HasShortYear: true, Month: 0 })
        {
            _firsts |= UInt128.One << shape.Numbers.First;
            _lasts |= UInt128.One << shape.Numbers.Third;
        }

        if (shape.Month == 0)
        {
            AddOrder(cell, days);
        }

        return true;
    }

    private void AddOrder(ReadOnlySpan<char> cell, Span<DateOnly?> days)
    {
        var (dayFirst, monthFirst) = (days[(int)DateOrder.DayMonthYear], days[(int)DateOrder.MonthDayYear]);
        _dayFirst.Add(dayFirst);
        _monthFirst.Add(monthFirst);
        var yearFirst = days[(int)DateOrder.YearMonthDay];
        var different = dayFirst != monthFirst || (dayFirst is not null && yearFirst is not null && yearFirst != dayFirst);
        if (dayFirst is not null && monthFirst is null)
        {
            DayFirstOnly++;
            DayFirstExample ??= cell.Trim().ToString();
        }
        else if (monthFirst is not null && dayFirst is null)
        {
            MonthFirstOnly++;
            MonthFirstExample ??= cell.Trim().ToString();
        }
        else if (different && dayFirst is not null)
        {
            Open++;
            OpenExample ??= cell.Trim().ToString();
        }
    }
}
