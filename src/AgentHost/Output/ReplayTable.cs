using System.Globalization;
using Flatfile.Agent.Host.DeadLetters;
using Spectre.Console;

namespace Flatfile.Agent.Host.Output;

/// <summary>What became, or would become, of letters that are to be replayed or dropped.</summary>
internal static class ReplayTable
{
    public static void Write(IAnsiConsole screen, ReplayAnswer answer, string place)
    {
        if (answer.Letters.Count > 0 && (answer.DryRun || answer.Refused > 0))
        {
            WriteLetters(screen, answer);
        }

        if (answer.Asked + answer.Refused == 0)
        {
            screen.WriteLine($"No open dead letter is meant at {place}: nothing to replay.");
            return;
        }

        var refused = answer.Refused == 0 ? string.Empty : $", {answer.Refused.ToString("N0", CultureInfo.InvariantCulture)} cannot run";
        var then = answer.DryRun ? "nothing was changed" : answer.Running ? "the agent takes them now" : "they run when the agent starts next";
        screen.WriteLine(answer.DryRun
            ? $"{DeadTable.Count(answer.Asked)} would be replayed{refused}; {then}."
            : $"{(answer.Asked == 1 ? "The replay" : "The replays")} of {DeadTable.Count(answer.Asked)} {(answer.Asked == 1 ? "is" : "are")} asked for{refused}; {then}.");
        Rest(screen, answer.More);
    }

    public static void Write(IAnsiConsole screen, DropAnswer answer, string place)
    {
        var numbers = answer.Ids.Count is > 0 and <= 20 ? $" ({string.Join(", ", answer.Ids)})" : string.Empty;
        screen.WriteLine(answer.Dropped == 0 ? $"No dead letter that waits is meant at {place}: nothing to drop."
            : answer.DryRun ? $"{DeadTable.Count(answer.Dropped)} would be dropped{numbers}; nothing was changed."
            : $"{DeadTable.Count(answer.Dropped)} dropped{numbers}.");
        Rest(screen, answer.More);
    }

    private static void Rest(IAnsiConsole screen, bool more)
    {
        if (more)
        {
            screen.WriteLine("More are meant than were taken: give the command again for the next.");
        }
    }

    private static void WriteLetters(IAnsiConsole screen, ReplayAnswer answer)
    {
        var table = new Table { Border = Screen.IsLive(screen) ? TableBorder.Horizontal : TableBorder.Ascii2 };
        foreach (var column in (TableColumn[])[new TableColumn("id").RightAligned().NoWrap(), new("handler"), new("version then"), new("now"), new("what happens")])
        {
            table.AddColumn(Screen.IsLive(screen) ? column.PadLeft(0).PadRight(1) : column);
        }

        foreach (var letter in answer.Letters)
        {
            table.AddRow(
                new Text(letter.Id.ToString(CultureInfo.InvariantCulture), new Style(Color.Aqua)),
                Foreign.Line(letter.Handler),
                Foreign.Line(letter.VersionThen),
                letter.Loaded == false ? new Text("not loaded", new Style(Color.Red)) : Foreign.Line(letter.VersionNow),
                letter.WhyNot is { } whyNot ? new Text(Foreign.Plain(whyNot), new Style(Color.Red)) : new Text(Runs(letter), new Style(Color.Green)));
        }

        screen.Write(table);
    }

    private static string Runs(ForecastView letter) => letter.Way switch
    {
        "untold end" => "the job's end is told to Flatfile again; the handler does not run",
        "all handlers" => letter.Matches == false ? "the event goes to all it is for; today that is nobody" : "the event goes to all it is for",
        _ => "its handler gets the event",
    };
}
