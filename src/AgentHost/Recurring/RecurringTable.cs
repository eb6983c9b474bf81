using System.Globalization;
using Flatfile.Agent.Host.Output;
using Spectre.Console;

namespace Flatfile.Agent.Host.Recurring;

/// <summary>Prints recurring work and its runs.</summary>
internal static class RecurringTable
{
    public static void Write(IAnsiConsole screen, IReadOnlyList<RecurringView> all)
    {
        var table = new Table { Border = Screen.Border(screen) };
        table.AddColumn("work").AddColumn("when").AddColumn("next").AddColumn("now").AddColumn("last").AddColumn("said");
        foreach (var one in all)
        {
            table.AddRow(
                new Text(one.Id), new Text(one.Cron.Length == 0 ? "when asked" : $"{one.Cron} {one.TimeZone}"), new Text(one.Paused ? "paused" : Time(one.NextSlot)),
                new Text(one.Open?.State ?? "-"), new Text(one.Last is { } last ? $"{Time(last.EndedAt)} {last.State}" : "-"), new Text(one.Last?.Message ?? "-"));
        }

        screen.Write(table);
    }

    public static void Write(IAnsiConsole screen, IReadOnlyList<RecurringRunView> runs)
    {
        var table = new Table { Border = Screen.Border(screen) };
        table.AddColumn(new TableColumn("run").RightAligned()).AddColumn("slot").AddColumn("cause").AddColumn("state").AddColumn("begun").AddColumn("ended").AddColumn("said");
        foreach (var run in runs)
        {
            table.AddRow(
                new Text(run.Number.ToString(CultureInfo.InvariantCulture)), new Text(Time(run.Slot)), new Text(run.Cause), new Text(run.State),
                new Text(Time(run.StartedAt)), new Text(Time(run.EndedAt)), new Text(run.Message ?? "-"));
        }

        screen.Write(table);
    }

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";
}
