namespace Flatfile.Agent.Handlers.Typing;

/// <summary>In which order the numbers of a date stand.</summary>
public enum DateOrder
{
    /// <summary><c>31/01/2026</c>; written <c>dmy</c> in options.</summary>
    DayMonthYear,

    /// <summary><c>01/31/2026</c>; written <c>mdy</c>.</summary>
    MonthDayYear,

    /// <summary><c>2026-01-31</c>; written <c>ymd</c>.</summary>
    YearMonthDay,

    /// <summary><c>2026-31-01</c>; written <c>ydm</c>.</summary>
    YearDayMonth,
}
