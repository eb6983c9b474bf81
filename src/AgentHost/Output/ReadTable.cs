using System.Globalization;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Host.Reading;
using Spectre.Console;

namespace Flatfile.Agent.Host.Output;

/// <summary>Shows how a file was read: what was found out and why, then each table with its first rows.</summary>
internal static class ReadTable
{
    private const int MaxColumns = 8;
    private const int LongestCell = 40;

    public static void Write(IAnsiConsole screen, ReadReport report)
    {
        new Line().Add(report.Name, Line.Name).Add(" is ").Add(report.Format, Line.Strong).WriteTo(screen);
        WriteDecisions(screen, report.Decisions);
        foreach (var table in report.Tables)
        {
            screen.WriteLine();
            Write(screen, table);
        }

        if (report.Fault is { } fault)
        {
            screen.WriteLine();
            new Line().Add("The rest could not be read: ", Line.Bad).Add(fault).WriteTo(screen);
        }
    }

    private static void Write(IAnsiConsole screen, ReadTableReport table)
    {
        new Line().Add(table.Name, Line.Name)
            .Add(string.Create(CultureInfo.InvariantCulture, $": {table.Labels.Count:N0} columns, {table.RowsRead:N0} rows"))
            .Add(table.RowsRefused > 0 ? string.Create(CultureInfo.InvariantCulture, $", {table.RowsRefused:N0} refused") : string.Empty, Line.Bad).WriteTo(screen);
        WriteDecisions(screen, table.Decisions);
        WriteRows(screen, table);
        foreach (var reason in table.Refused)
        {
            new Line().Add("refused: ", Line.Bad).Add(reason).WriteTo(screen);
        }
    }

    private static void WriteDecisions(IAnsiConsole screen, IReadOnlyList<ReadDecision> decisions)
    {
        if (decisions.Count == 0)
        {
            return;
        }

        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn().AddColumn(new GridColumn().NoWrap().RightAligned()).AddColumn();
        foreach (var (property, value, confidence, evidence) in decisions)
        {
            var sure = confidence >= 0.9 ? Color.Green : confidence >= 0.6 ? Color.Yellow : Color.Red;
            grid.AddRow(
                new Text("  " + property, new Style(Color.Grey)), Foreign.Line(value),
                new Text(confidence.ToString("0%", CultureInfo.InvariantCulture), new Style(sure)), new Text(Foreign.Plain(evidence), new Style(Color.Grey)));
        }

        screen.Write(grid);
    }

    private static void WriteRows(IAnsiConsole screen, ReadTableReport table)
    {
        if (table.First.Count == 0)
        {
            return;
        }

        var columns = Math.Min(MaxColumns, table.Labels.Count);
        var shown = new Table { Border = Screen.Border(screen) };
        for (var i = 0; i < columns; i++)
        {
            shown.AddColumn(new TableColumn(new Text(Short(table.Labels[i]), new Style(decoration: Decoration.Bold))));
        }

        foreach (var row in table.First)
        {
            shown.AddRow(row.Take(columns).Select(cell => new Text(Short(cell))));
        }

        screen.Write(shown);
        if (table.Labels.Count > columns)
        {
            screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"and {table.Labels.Count - columns:N0} more columns: {string.Join(", ", table.Labels.Skip(columns).Take(20).Select(Short))}"));
        }
    }

    private static string Short(string cell)
    {
        var plain = Foreign.Plain(cell);
        return plain.Length <= LongestCell ? plain : plain[..(LongestCell - 1)] + "…";
    }
}
