using System.Globalization;
using System.Text.Json.Nodes;
using Flatfile.Agent.Host.Importing;
using Spectre.Console;

namespace Flatfile.Agent.Host.Output;

/// <summary>The end of an import for people: a line for each file, and below it what they should know.</summary>
internal static class ImportTable
{
    private const int ReasonsShown = 5;
    private const int RoomForJobs = 100;

    public static void Write(IAnsiConsole screen, ImportReport report)
    {
        var narrow = Screen.IsLive(screen) && screen.Profile.Width < RoomForJobs;
        var table = new Table { Border = Screen.IsLive(screen) ? TableBorder.Horizontal : TableBorder.Ascii2 };
        table.AddColumn(Tight(screen, new TableColumn("file"))).AddColumn(Tight(screen, new TableColumn("sheet")));
        foreach (var number in (string[])["read", "written", "refused", "valid", "with errors", "seconds"])
        {
            var column = Tight(screen, new TableColumn(number).RightAligned());
            column.NoWrap = !narrow || number != "with errors";
            table.AddColumn(column);
        }

        if (!narrow)
        {
            table.AddColumn(Tight(screen, new TableColumn("job").NoWrap()));
        }

        foreach (var file in report.Files)
        {
            Text[] cells =
            [
                Name(file.Name, file.IsWhole), Name(file.Sheet ?? "-", true), Number(file.RowsRead), Number(file.RowsWritten), Number(file.RowsRefused, Color.Red),
                Number(file.Valid), Number(file.WithErrors, Color.Yellow), new Text(file.Seconds.ToString("0.0", CultureInfo.InvariantCulture)),
                Name(file.JobStatus ?? "-", file.IsWhole),
            ];
            table.AddRow(narrow ? cells[..^1] : cells);
        }

        screen.Write(table);
        foreach (var line in report.Files.SelectMany(Remarks))
        {
            screen.WriteLine(line);
        }

        screen.WriteLine($"Space {report.SpaceId} at {report.Url}");
    }

    private static Text Name(string name, bool isWell) => new(name, new Style(isWell ? null : Color.Red)) { Overflow = Overflow.Ellipsis };

    /// <summary>So that the table fits into the eighty columns of a terminal.</summary>
    private static TableColumn Tight(IAnsiConsole screen, TableColumn column) =>
        Screen.IsLive(screen) ? column.PadLeft(0).PadRight(1) : column;

    private static Text Number(long? value, Color? whenNotZero = null) => new(
        value?.ToString("N0", CultureInfo.InvariantCulture) ?? "-",
        new Style(value > 0 ? whenNotZero : null));

    private static IEnumerable<string> Remarks(FileReport file)
    {
        if (file.Error is not null)
        {
            yield return Named(file, file.Error);
        }

        foreach (var refused in (file.Refused ?? []).OfType<JsonObject>().Take(ReasonsShown))
        {
            yield return Named(file, $"row {refused["row"]} refused: {refused["reason"]}");
        }

        if (file.RowsRefused > ReasonsShown)
        {
            yield return Named(file, $"{file.RowsRefused} rows refused in all; the job's outcome lists the first.");
        }

        if (file.Unmapped is { Count: > 0 } unmapped)
        {
            yield return Named(file, $"no field for the column{(unmapped.Count == 1 ? "" : "s")} {string.Join(", ", unmapped.Select(u => u?.ToString()))}");
        }

        if (file.Note is not null)
        {
            yield return Named(file, file.Note);
        }
    }

    /// <summary>Most reasons begin with the file's name already.</summary>
    private static string Named(FileReport file, string text) =>
        text.StartsWith(file.Name, StringComparison.Ordinal) ? text : $"{file.Name}: {text}";
}
