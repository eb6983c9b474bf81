using System.Globalization;

namespace Flatfile.Agent.Handlers.Spreadsheets;

/// <summary>Writes the days a spreadsheet counts as ISO 8601.</summary>
/// <param name="from1904">Day 0 is 1 January 1904; else day 1 is 1 January 1900, and day 60 is 29 February 1900, which there never was.</param>
internal sealed class DateText(bool from1904)
{
    /// <summary>The longest text there is.</summary>
    public const int MaxLength = 32;

    private const int DateLength = 10;
    private const double MaxDay = 2958465;
    private const long DayMilliseconds = 24 * 60 * 60 * 1000;

    private readonly double _firstDay = from1904 ? 0 : 1;
    private readonly double _endDay = (from1904 ? MaxDay - 1462 : MaxDay) + 1;
    private readonly DateTime _zero = from1904 ? new DateTime(1904, 1, 1) : new DateTime(1899, 12, 30);

    /// <summary>Writes a day, a time of day or both. A part that the cell does not show is written too when it is there.</summary>
    /// <param name="serial">Days and parts of a day.</param>
    /// <param name="shape">What the cell shows.</param>
    /// <param name="target">At least <see cref="MaxLength"/> long.</param>
    /// <returns>Characters written; 0 when the number is no day.</returns>
    public int Write(double serial, DateShape shape, Span<char> target)
    {
        if (!(serial >= 0 && serial < _endDay))
        {
            return 0;
        }

        var milliseconds = (long)Math.Round(serial * DayMilliseconds);
        if (serial < 1)
        {
            milliseconds = Math.Min(milliseconds, DayMilliseconds - 1);
        }

        var (day, time) = (milliseconds / DayMilliseconds, milliseconds % DayMilliseconds);
        if (day == 0 && shape is DateShape.Time or DateShape.Either && serial < 1)
        {
            return WriteTime(TimeSpan.FromMilliseconds(time), target);
        }

        if (day < _firstDay || (!from1904 && day == 60) || day >= _endDay)
        {
            return 0;
        }

        // Before the day that never was, all days are one too high.
        return Write(_zero.AddDays(!from1904 && day < 60 ? day + 1 : day).AddMilliseconds(time), shape, target);
    }

    /// <summary>Writes a moment, with its time of day when it is shown or is not midnight.</summary>
    public static int Write(DateTime moment, DateShape shape, Span<char> target)
    {
        var (year, month, day) = moment;
        Digits(year, target[..4]);
        target[4] = '-';
        Digits(month, target.Slice(5, 2));
        target[7] = '-';
        Digits(day, target.Slice(8, 2));
        if (moment.TimeOfDay == TimeSpan.Zero && shape is DateShape.Date or DateShape.Either)
        {
            return DateLength;
        }

        target[DateLength] = 'T';
        return DateLength + 1 + WriteTime(moment.TimeOfDay, target[(DateLength + 1)..]);
    }

    /// <summary>By hand: a format string costs several times as much, and sheets hold millions of dates.</summary>
    private static void Digits(int number, Span<char> target)
    {
        for (var i = target.Length - 1; i >= 0; i--)
        {
            target[i] = (char)('0' + (number % 10));
            number /= 10;
        }
    }

    /// <summary>The nearest millisecond: what a counted day holds beyond is noise.</summary>
    public static DateTime Round(DateTime moment)
    {
        var rounded = moment.AddTicks(TimeSpan.TicksPerMillisecond / 2);
        return rounded.AddTicks(-(rounded.Ticks % TimeSpan.TicksPerMillisecond));
    }

    /// <summary>Writes a time of day.</summary>
    public static int WriteTime(TimeSpan time, Span<char> target)
    {
        time.TryFormat(target, out var length, time.Milliseconds == 0 ? @"hh\:mm\:ss" : @"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture);
        return length;
    }

    /// <summary>Writes a length of time as hours, minutes and seconds: <c>37:30:00</c>, with more than 24 hours.</summary>
    /// <param name="serial">Days and parts of a day.</param>
    /// <param name="target">At least <see cref="MaxLength"/> long.</param>
    /// <returns>Characters written; 0 when it is too long.</returns>
    public static int WriteDuration(double serial, Span<char> target)
    {
        if (!(Math.Abs(serial) <= MaxDay))
        {
            return 0;
        }

        var milliseconds = (long)Math.Round(Math.Abs(serial) * DayMilliseconds);
        var hours = milliseconds / (60 * 60 * 1000);
        var sign = serial < 0 && milliseconds > 0 ? "-" : "";
        target.TryWrite(CultureInfo.InvariantCulture, $"{sign}{hours:00}", out var length);
        var rest = TimeSpan.FromMilliseconds(milliseconds - (hours * 60 * 60 * 1000));
        Span<char> time = stackalloc char[MaxLength];
        var written = WriteTime(rest, time);
        time[2..written].CopyTo(target[length..]);
        return length + written - 2;
    }
}
