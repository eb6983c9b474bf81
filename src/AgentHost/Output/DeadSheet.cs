using System.Globalization;
using Flatfile.Agent.Host.DeadLetters;
using Spectre.Console;

namespace Flatfile.Agent.Host.Output;

/// <summary>One dead letter with everything that is known of it.</summary>
internal static class DeadSheet
{
    public static void Write(IAnsiConsole screen, LetterDetail letter)
    {
        screen.Write(new Text(string.Create(CultureInfo.InvariantCulture, $"Dead letter {letter.Id}"), new Style(decoration: Decoration.Bold)));
        screen.WriteLine();
        var facts = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(2)).AddColumn(new GridColumn());
        Fact(facts, "state", letter.State, DeadTable.ColorOf(letter.State));
        Fact(facts, "handler", letter.Handler is null ? "none saw it" : letter.HandlerVersion is null ? letter.Handler : $"{letter.Handler} (version {letter.HandlerVersion})");
        Fact(facts, "topic", letter.Topic);
        Fact(facts, "event", letter.EventId);
        Fact(facts, "space", letter.Space);
        Fact(facts, "tries", letter.Tries.ToString(CultureInfo.InvariantCulture));
        Fact(facts, "given up", Time(letter.At));
        Fact(facts, "replay asked for", Time(letter.ReplayAskedAt));
        Fact(facts, "replayed", Time(letter.ReplayedAt));
        Fact(facts, "dropped", Time(letter.DroppedAt));
        Fact(facts, "failed again after", letter.ReplayOf?.ToString(CultureInfo.InvariantCulture));
        Fact(facts, "not replayed", letter.Note, Color.Yellow);
        screen.Write(facts);
        Part(screen, "Reason", letter.Reason, Color.Red);
        Part(screen, "Stack", letter.Stack, Color.Grey);
        Part(screen, "Event", letter.Event is null ? null : PrintedJson.Indented(letter.Event));
        Part(screen, "What came instead of an event", letter.Text);
        Part(screen, "Event as it was changed for the replay", letter.Edited is null ? null : PrintedJson.Indented(letter.Edited));
    }

    private static void Fact(Grid facts, string name, string? value, Color? color = null)
    {
        if (value is not null)
        {
            facts.AddRow(new Text(name, new Style(Color.Grey)), new Text(Foreign.Plain(value), new Style(color)));
        }
    }

    private static void Part(IAnsiConsole screen, string title, string? text, Color? color = null)
    {
        if (text is null)
        {
            return;
        }

        screen.WriteLine();
        screen.Write(new Text(title, new Style(decoration: Decoration.Bold)));
        screen.WriteLine();
        screen.Write(new Padder(Foreign.Lines(text.TrimEnd(), color), new Padding(2, 0, 0, 0)));
    }

    private static string? Time(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
