using System.Globalization;
using System.Text.Json.Nodes;
using Flatfile.Agent.Host.Importing;
using Spectre.Console;

namespace Flatfile.Agent.Host.Output;

/// <summary>The end of an import for people: a line for each file, and below it what they should know.</summary>
internal static class ImportTable
{
    private const int ReasonsShown = 5;

    public static void Write(IAnsiConsole screen, ImportReport report)
    {
        var table = new Table { Border = Screen.Border(screen) };
        table.AddColumns("file", "sheet");
        foreach (var number in (string[])["read", "written", "refused", "valid", "with errors", "seconds"])
        {
            table.AddColumn(new TableColumn(number).RightAligned().NoWrap());
        }

        table.AddColumn("job");
        foreach (var file in report.Files)
        {
            table.AddRow(
                new Text(file.Name), new Text(file.Sheet ?? "-"), Number(file.RowsRead), Number(file.RowsWritten), Number(file.RowsRefused, Color.Red),
                Number(file.Valid), Number(file.WithErrors, Color.Yellow),
                new Text(file.Seconds.ToString("0.0", CultureInfo.InvariantCulture)),
                new Text(file.JobStatus ?? "-", new Style(file.IsWhole ? Color.Green : Color.Red)));
        }

        screen.Write(table);
        foreach (var line in report.Files.SelectMany(Remarks))
        {
            screen.WriteLine(line);
        }

        screen.WriteLine($"Space {report.SpaceId} at {report.Url}");
    }

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
