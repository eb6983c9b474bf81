namespace Flatfile.Agent.Handlers.Typing;

/// <summary>Concludes in which order the numbers of a column's dates stand.</summary>
internal sealed class DateDecision(string name, TypingOptions options, DateTally dates, long filled, NameHints hints)
{
    private const double Slips = 0.01;

    /// <summary>The year is where so many times fewer different numbers stand.</summary>
    private const int YearSpread = 4;

    private static readonly DateOrder[] Orders = [DateOrder.DayMonthYear, DateOrder.MonthDayYear, DateOrder.YearMonthDay, DateOrder.YearDayMonth];

    private ColumnType Type => dates.NotMidnight > 0 ? ColumnType.DateTime : ColumnType.Date;

    public TypedColumn Decide()
    {
        if (options.DateOrder is { } given)
        {
            return Read(given, 1, $"the option dateOrder says '{CodeOf(given)}'", decisive: true);
        }

        if (dates.Named == dates.Count)
        {
            return Read(DateOrder.DayMonthYear, 1, $"{Counted.Values(dates.Count)} have the name of a month, such as {dates.Example}", decisive: false);
        }

        return YearFirst() ?? ByImpossibleMonths() ?? ByDots() ?? BySequence() ?? Asked();
    }

    /// <summary>The year stands first where it has four digits, or where of two digits it is the number that hardly changes.</summary>
    private TypedColumn? YearFirst()
    {
        if (dates.ShortYears == 0 && dates.Fits(DateOrder.YearMonthDay) + dates.Named >= dates.Count * (1 - Slips) && dates.Fits(DateOrder.DayMonthYear) + dates.Fits(DateOrder.MonthDayYear) <= 2 * (dates.Count * Slips + dates.Named))
        {
            return Read(DateOrder.YearMonthDay, 1, $"the year of four digits stands first, such as {dates.Example}", decisive: true);
        }

        if (dates.Fits(DateOrder.YearDayMonth) >= dates.Count * (1 - Slips) && dates.Fits(DateOrder.YearDayMonth) > dates.Fits(DateOrder.YearMonthDay))
        {
            return Read(DateOrder.YearDayMonth, 0.95, $"the year stands first and {dates.Fits(DateOrder.YearDayMonth) - dates.Fits(DateOrder.YearMonthDay):N0} have a second number above 12, such as {dates.Example}", decisive: true);
        }

        var onlyYear = dates.Fits(DateOrder.YearMonthDay) == dates.Count && dates.Fits(DateOrder.DayMonthYear) < dates.Count && dates.Fits(DateOrder.MonthDayYear) < dates.Count;
        var isStill = dates.ShortYears == dates.Count && dates.Fits(DateOrder.YearMonthDay) == dates.Count && dates.ShortLasts >= YearSpread * dates.ShortFirsts;
        return onlyYear || isStill
            ? Read(DateOrder.YearMonthDay, 0.9, $"of the two-digit numbers the first takes {dates.ShortFirsts} values, the last {dates.ShortLasts}: the first is the year", decisive: true)
            : null;
    }

    private TypedColumn? ByImpossibleMonths()
    {
        if (YearMayStandFirst)
        {
            return null;
        }

        var (day, month) = (dates.DayFirstOnly, dates.MonthFirstOnly);
        if (day > 0 && month <= day * Slips)
        {
            return Read(DateOrder.DayMonthYear, 1, $"{Counted.Values(day)} have a first number above 12, such as {dates.DayFirstExample}", decisive: true);
        }

        return month > 0 && day <= month * Slips
            ? Read(DateOrder.MonthDayYear, 1, $"{Counted.Values(month)} have a second number above 12, such as {dates.MonthFirstExample}", decisive: true)
            : null;
    }

    /// <summary>With two digits for the year, 24-01-31 can begin with it.</summary>
    private bool YearMayStandFirst =>
        dates.ShortYears > 0 && dates.Fits(DateOrder.YearMonthDay) == dates.Count && dates.ShortFirsts < YearSpread * dates.ShortLasts;

    private TypedColumn? ByDots() =>
        dates.Dotted == dates.Count && dates.MonthFirstOnly == 0 && !YearMayStandFirst
            ? Read(DateOrder.DayMonthYear, 0.95, $"{Counted.Values(dates.Dotted)} are written with dots, such as {dates.Example}: nowhere does the month stand first in such dates", decisive: true)
            : null;

    private TypedColumn? BySequence()
    {
        if (dates.DayFirstOnly + dates.MonthFirstOnly > 0 || YearMayStandFirst)
        {
            return null;
        }

        return dates.OnlyDayFirstIsSorted ? Read(DateOrder.DayMonthYear, 0.9, "only with the day first are the dates in order from row to row", decisive: true)
            : dates.OnlyMonthFirstIsSorted ? Read(DateOrder.MonthDayYear, 0.9, "only with the month first are the dates in order from row to row", decisive: true)
            : dates.Open == 0 ? Read(DateOrder.DayMonthYear, 1, "day and month are the same number in every value", decisive: false)
            : null;
    }

    private TypedColumn Read(DateOrder order, double confidence, string evidence, bool decisive)
    {
        var readable = dates.Fits(order) + (order == DateOrder.YearDayMonth ? dates.Named : 0);
        var unreadable = Math.Max(0, filled - readable);
        List<string> sentences = [evidence];
        if (dates.ShortYears > 0)
        {
            sentences.Add($"{Counted.Values(dates.ShortYears)} have a year of two digits, read as {options.TwoDigitYearMax - 99} to {options.TwoDigitYearMax}{(hints.IsBirth ? ": look at days of birth that lie ahead" : "")}");
        }

        return new TypedColumn(name, Type, confidence * (1 - ((double)unreadable / filled)), sentences)
        {
            Reading = new DateReading(order, options.TwoDigitYearMax, Type), Unreadable = unreadable, DecisiveOrder = decisive ? order : null,
        };
    }

    private TypedColumn Asked()
    {
        var mixed = dates.DayFirstOnly > 0 && dates.MonthFirstOnly > 0;
        var example = dates.OpenExample ?? dates.DayFirstExample ?? dates.Example;
        var best = Orders.Max(dates.Fits);
        TypingAnswer[] answers = [.. Orders.Where(o => mixed ? o is DateOrder.DayMonthYear or DateOrder.MonthDayYear : dates.Fits(o) == best).Select(order =>
        {
            var reading = new DateReading(order, options.TwoDigitYearMax, Type);
            return new TypingAnswer(CodeOf(order), $"{example} is {reading.Read(example) ?? "not read"}", reading);
        })];
        var evidence = mixed
            ? $"{dates.DayFirstOnly:N0} have the day first, such as {dates.DayFirstExample}, and {dates.MonthFirstOnly:N0} the month, such as {dates.MonthFirstExample}"
            : $"{Counted.Values(dates.Open)} are another day in another order, such as {example}, and no value says which";
        var question = new TypingQuestion(
            "dateOrder",
            $"The order of day and month in the column '{name}' is not certain: {evidence}. Say with the option dateOrder which it is: {string.Join(", ", answers.Select(a => $"{a.Value} ({a.Meaning})"))}.",
            answers)
        {
            IsContradiction = mixed,
        };
        return new TypedColumn(name, Type, 0.5, [evidence]) { Question = question };
    }

    internal static string CodeOf(DateOrder order) => order switch
    {
        DateOrder.DayMonthYear => "dmy",
        DateOrder.MonthDayYear => "mdy",
        DateOrder.YearMonthDay => "ymd",
        _ => "ydm",
    };
}
