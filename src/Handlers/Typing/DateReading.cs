using System.Globalization;

namespace Flatfile.Agent.Handlers.Typing;

/// <summary>Dates in one order of their numbers, or with the name of the month, with or without a time.</summary>
/// <param name="order">For those in numbers.</param>
/// <param name="twoDigitYearMax">The last year two digits can mean.</param>
/// <param name="type"><see cref="ColumnType.Date"/>, or <see cref="ColumnType.DateTime"/> for a column with times.</param>
public sealed class DateReading(DateOrder order, int twoDigitYearMax = 2049, ColumnType type = ColumnType.Date) : ValueReading
{
    /// <summary>For dates in numbers.</summary>
    public DateOrder Order => order;

    /// <inheritdoc />
    public override ColumnType Type => type;

    /// <inheritdoc />
    public override string Description => order switch
    {
        DateOrder.DayMonthYear => "day, month, year",
        DateOrder.MonthDayYear => "month, day, year",
        DateOrder.YearMonthDay => "year, month, day",
        _ => "year, day, month",
    };

    /// <summary>A day as <c>2026-01-31</c>; with its time where one is written that is not midnight, or where the column has times.</summary>
    public override string? Read(ReadOnlySpan<char> cell)
    {
        if (!DateShape.TryParse(cell, out var shape) || shape.DayBy(order, twoDigitYearMax) is not { } day)
        {
            return null;
        }

        var text = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return shape.Time is not { } time || (time.IsMidnight && type == ColumnType.Date) ? text : $"{text}T{time.Iso}";
    }
}
