using System.Globalization;
using Flatfile.Agent.Host.DeadLetters;
using Spectre.Console;

namespace Flatfile.Agent.Host.Output;

/// <summary>The dead-letter queue a bus keeps itself.</summary>
internal static class BusTable
{
    private const int LongestBody = 80;

    public static void Write(IAnsiConsole screen, BusPage page)
    {
        if (page.Messages.Count == 0)
        {
            screen.WriteLine($"The dead-letter queue of {page.Bus} is empty.");
            return;
        }

        var table = new Table { Border = Screen.IsLive(screen) ? TableBorder.Horizontal : TableBorder.Ascii2 };
        table.AddColumn("message").AddColumn(new TableColumn("when (UTC)").NoWrap()).AddColumn(new TableColumn("deliveries").RightAligned().NoWrap()).AddColumn("reason").AddColumn("begins");
        foreach (var message in page.Messages)
        {
            table.AddRow(
                Foreign.Line(message.MessageId, Color.Aqua),
                Foreign.Line(message.At?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), Color.Grey),
                new Text(message.Deliveries.ToString(CultureInfo.InvariantCulture)),
                new Text(Foreign.Plain(message.Reason), new Style(Color.Red)),
                Foreign.Line(message.Body.Length <= LongestBody ? message.Body : message.Body[..LongestBody] + "…", Color.Grey));
        }

        screen.Write(table);
        screen.WriteLine($"{(page.More ? "The oldest " : "")}{page.Messages.Count} message{(page.Messages.Count == 1 ? "" : "s")} in the dead-letter queue of {page.Bus}");
    }

    public static void Write(IAnsiConsole screen, BusAnswer answer)
    {
        var count = $"{answer.Resubmitted} message{(answer.Resubmitted == 1 ? "" : "s")}";
        screen.WriteLine(answer.DryRun ? $"{count} would go back to where they are received; nothing was changed." : $"{count} went back to where they are received.");
        if (answer.More)
        {
            screen.WriteLine("There may be more: give the command again for the next.");
        }
    }
}
