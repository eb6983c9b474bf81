using Flatfile.Agent.Host.Output;
using Spectre.Console;

namespace Flatfile.Agent.Host.Doctoring;

/// <summary>The doctor's report for a person: a row for each subject, a mark for each finding, readable without colour too.</summary>
internal static class DoctorTable
{
    private const int Narrow = 60;

    public static void Write(IAnsiConsole screen, DoctorReport report)
    {
        if (Screen.IsLive(screen) && screen.Profile.Width >= Narrow)
        {
            WriteTable(screen, report);
        }
        else
        {
            WriteLines(screen, report);
        }

        Sum(report).WriteTo(screen);
    }

    private static void WriteTable(IAnsiConsole screen, DoctorReport report)
    {
        var table = new Table { Border = TableBorder.Rounded, ShowHeaders = false, ShowRowSeparators = true, Expand = true, BorderStyle = Line.Faint };
        table.AddColumn(new TableColumn("").NoWrap()).AddColumn("");
        foreach (var (subject, findings) in report.Subjects)
        {
            var grid = new Grid { Expand = true };
            grid.AddColumn(new GridColumn().NoWrap().Padding(0, 0, 2, 0)).AddColumn(new GridColumn().Padding(0, 0, 0, 0));
            foreach (var finding in findings)
            {
                var (mark, style) = Mark(finding.Level);
                var text = new Paragraph(Line.Harmless(finding.What), finding.Level == DoctorLevel.Good ? Style.Plain : style);
                if (finding.ToDo is not null)
                {
                    text.Append("\n→ " + Line.Harmless(finding.ToDo), Style.Plain);
                }

                grid.AddRow(new Text(mark, style), text);
            }

            var worst = findings.Max(f => f.Level);
            table.AddRow(new Text(subject, worst == DoctorLevel.Good ? Line.Strong : Mark(worst).Style.Combine(Line.Strong)), grid);
        }

        screen.Write(table);
    }

    private static void WriteLines(IAnsiConsole screen, DoctorReport report)
    {
        foreach (var (subject, findings) in report.Subjects)
        {
            new Line().Add(subject, Line.Strong).WriteTo(screen);
            foreach (var finding in findings)
            {
                var (mark, style) = Mark(finding.Level);
                new Line().Add($"  {mark,-6} ", style).Add(finding.What).WriteTo(screen);
                if (finding.ToDo is not null)
                {
                    new Line().Add($"         → {finding.ToDo}").WriteTo(screen);
                }
            }
        }
    }

    private static Line Sum(DoctorReport report) => (report.Bad, report.Warnings) switch
    {
        (0, 0) => new Line().Add("All is well.", Line.Good),
        (0, var warnings) => new Line().Add($"It works. {Count(warnings, "thing")} may surprise.", Line.Warn),
        (var bad, 0) => new Line().Add($"{Count(bad, "thing")} must be put right.", Line.Bad),
        (var bad, var warnings) => new Line().Add($"{Count(bad, "thing")} must be put right; {Count(warnings, "thing")} may surprise.", Line.Bad),
    };

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";

    private static (string Mark, Style Style) Mark(DoctorLevel level) => level switch
    {
        DoctorLevel.Good => ("✓ ok", Line.Good),
        DoctorLevel.Warning => ("! warn", Line.Warn),
        _ => ("✗ BAD", Line.Bad),
    };
}
