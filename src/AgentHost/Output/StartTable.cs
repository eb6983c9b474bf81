using Spectre.Console;

namespace Flatfile.Agent.Host.Output;

/// <summary>Says where things are.</summary>
internal static class StartTable
{
    public static void Write(IAnsiConsole screen, IReadOnlyList<(string Name, string Value)> facts)
    {
        var table = new Table { Border = Screen.Border(screen), ShowHeaders = false };
        table.AddColumn(new TableColumn("").NoWrap()).AddColumn("");
        foreach (var (name, value) in facts)
        {
            table.AddRow(new Text(name, new Style(Color.Grey)), new Text(value));
        }

        screen.Write(table);
    }
}
