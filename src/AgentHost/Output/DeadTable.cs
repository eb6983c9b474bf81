using System.Globalization;
using Flatfile.Agent.Host.DeadLetters;
using Spectre.Console;

namespace Flatfile.Agent.Host.Output;

/// <summary>Dead letters in a list: a line each, and below how many there are.</summary>
internal static class DeadTable
{
    private const int RoomForAll = 140;
    private const int LongestReason = 160;
    private const int LongestWhenNarrow = 70;

    public static void Write(IAnsiConsole screen, LetterPage page, string place)
    {
        if (page.Letters.Count == 0)
        {
            screen.WriteLine(page.Total == 0 ? $"No dead letters at {place}." : $"{page.Total} dead letters at {place}.");
            return;
        }

        var narrow = Screen.IsLive(screen) && screen.Profile.Width < RoomForAll;
        var withState = page.Letters.Any(l => l.State != "open");
        var table = new Table { Border = Screen.IsLive(screen) ? TableBorder.Horizontal : TableBorder.Ascii2, Expand = false };
        table.AddColumn(Tight(screen, new TableColumn("id").RightAligned().NoWrap())).AddColumn(Tight(screen, new TableColumn("when (UTC)").NoWrap()));
        if (withState)
        {
            table.AddColumn(Tight(screen, new TableColumn("state").NoWrap()));
        }

        table.AddColumn(Tight(screen, new TableColumn("handler"))).AddColumn(Tight(screen, new TableColumn("topic")));
        if (!narrow)
        {
            table.AddColumn(Tight(screen, new TableColumn("space").NoWrap()));
        }

        table.AddColumn(Tight(screen, new TableColumn("tries").RightAligned().NoWrap())).AddColumn(Tight(screen, new TableColumn("reason")));
        foreach (var letter in page.Letters)
        {
            table.AddRow(Cells(letter, narrow, withState));
        }

        screen.Write(table);
        var less = page.Letters.Count < page.Total ? $", the newest {page.Letters.Count} are shown: --limit N shows more" : string.Empty;
        screen.WriteLine($"{Count(page.Total)} at {place}{less}");
        screen.WriteLine("./agent dead show ID says everything of one, ./agent dead replay ID sends it again.");
    }

    /// <summary>A number of letters in words.</summary>
    public static string Count(long count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} dead letter{(count == 1 ? "" : "s")}");

    public static Color? ColorOf(string state) => state switch { "asked" => Color.Yellow, "replayed" => Color.Green, "dropped" => Color.Grey, _ => null };

    private static Text[] Cells(LetterView letter, bool narrow, bool withState)
    {
        var cells = new List<Text>
        {
            new(letter.Id.ToString(CultureInfo.InvariantCulture), new Style(Color.Aqua)),
            new(letter.At.ToUniversalTime().ToString(narrow ? "MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), new Style(Color.Grey)),
        };
        if (withState)
        {
            cells.Add(new Text(letter.State, new Style(ColorOf(letter.State))));
        }

        cells.Add(Foreign.Line(letter.Handler));
        cells.Add(Foreign.Line(letter.Topic));
        if (!narrow)
        {
            cells.Add(Foreign.Line(letter.Space));
        }

        cells.Add(new Text(letter.Tries.ToString(CultureInfo.InvariantCulture)));
        cells.Add(new Text(Foreign.Plain(Short(letter, narrow ? LongestWhenNarrow : LongestReason)), new Style(Color.Red)));
        return [.. cells];
    }

    private static string Short(LetterView letter, int longest)
    {
        var reason = letter.Reason.Length <= longest ? letter.Reason : letter.Reason[..longest] + "…";
        return letter.ReplayOf is { } earlier ? string.Create(CultureInfo.InvariantCulture, $"{reason} (again, after {earlier})") : reason;
    }

    /// <summary>So that the table fits into the eighty columns of a terminal.</summary>
    private static TableColumn Tight(IAnsiConsole screen, TableColumn column) => Screen.IsLive(screen) ? column.PadLeft(0).PadRight(1) : column;
}
