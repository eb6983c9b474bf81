using Cronos;

namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>A cron expression in a time zone.</summary>
/// <remarks>
/// Where a change of the clock leaves an hour out, a time inside it comes right behind the gap; where an hour comes twice, a fixed time comes
/// once, and one that is repeated through the day, such as every ten minutes, comes in both.
/// </remarks>
internal sealed class RecurringSchedule
{
    private const int Counted = 10_000;

    private static readonly TimeSpan[] Windows =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), TimeSpan.FromDays(1), TimeSpan.FromDays(32), TimeSpan.FromDays(367), TimeSpan.FromDays(367 * 9),
    ];

    private readonly CronExpression _cron;
    private readonly TimeZoneInfo _zone;

    private RecurringSchedule(string cron, string zone, CronExpression expression, TimeZoneInfo info)
    {
        Cron = cron;
        TimeZone = zone;
        _cron = expression;
        _zone = info;
    }

    public string Cron { get; }

    public string TimeZone { get; }

    /// <exception cref="FormatException">The expression or the zone cannot be used; the message says what to write.</exception>
    public static RecurringSchedule Parse(string cron, string timeZone)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone))
        {
            throw new FormatException($"'{timeZone}' is no time zone of this machine. Write UTC, or a name such as Europe/Berlin.");
        }

        try
        {
            var fields = cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
            return new RecurringSchedule(cron, timeZone, CronExpression.Parse(cron, fields == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard), zone);
        }
        catch (CronFormatException fault)
        {
            throw new FormatException(
                $"'{cron}' is no cron expression: {fault.Message} Write minute, hour, day of month, month, day of week, such as '0 3 * * *' for three each night.", fault);
        }
    }

    /// <summary>The first slot after a moment; null when there is none any more.</summary>
    public DateTimeOffset? After(DateTimeOffset moment) => _cron.GetNextOccurrence(moment.ToUniversalTime(), _zone)?.ToUniversalTime();

    /// <summary>The latest slot from the first one up to now, and how many there are with it; more than 10,000 are not counted on.</summary>
    public (DateTimeOffset Latest, long Count) Due(DateTimeOffset first, DateTimeOffset now)
    {
        var (latest, count) = (first, 1L);
        while (After(latest) is { } next && next <= now)
        {
            (latest, count) = (next, count + 1);
            if (count == Counted)
            {
                return (LatestUpTo(now) ?? latest, count);
            }
        }

        return (latest, count);
    }

    private DateTimeOffset? LatestUpTo(DateTimeOffset now)
    {
        foreach (var window in Windows)
        {
            if (_cron.GetOccurrences(now - window, now, _zone, fromInclusive: false, toInclusive: true).Select(o => (DateTimeOffset?)o).LastOrDefault() is { } latest)
            {
                return latest.ToUniversalTime();
            }
        }

        return null;
    }

    public override string ToString() => $"{Cron} {TimeZone}";
}
