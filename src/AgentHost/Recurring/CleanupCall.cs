using Flatfile.Agent.Host.Commands;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Output;
using Spectre.Console;

namespace Flatfile.Agent.Host.Recurring;

/// <summary>Has the running agent clean up, and prints its report.</summary>
internal static class CleanupCall
{
    /// <param name="settings">Whose agent.</param>
    /// <param name="mode"><c>preview</c> or <c>run</c>.</param>
    /// <param name="stop">Stops waiting; the agent goes on.</param>
    public static async Task<int> RunAsync(HostSettings settings, string mode, CancellationToken stop)
    {
        var run = await RecurringCalls.RunAsync(settings, new RecurringOrder { Id = "cleanup", Arguments = new() { ["mode"] = mode } }, TimeProvider.System, stop);
        var screen = Screen.Out();
        var spaces = run.Details?["spaces"]?.AsArray().Select(s => s!.AsObject()).ToList() ?? [];
        var kept = run.Details?["kept"]?.AsArray().Select(s => s!.AsObject()).ToList() ?? [];
        if (spaces.Count + kept.Count > 0)
        {
            var table = new Table { Border = Screen.Border(screen) };
            table.AddColumn(new TableColumn("space").NoWrap()).AddColumn("name").AddColumn("what").AddColumn("file, or why not");
            foreach (var space in spaces)
            {
                table.AddRow(
                    new Text(space["id"]!.ToString()), new Text(space["name"]!.ToString()), new Text(space["end"]!.ToString() == "wouldGo" ? "would go" : space["end"]!.ToString()),
                    new Text(space["why"]?.ToString() ?? space["file"]?.ToString() ?? "-"));
            }

            foreach (var space in kept)
            {
                table.AddRow(new Text(space["id"]!.ToString()), new Text(space["name"]!.ToString()), new Text("stays"), new Text(space["why"]!.ToString()));
            }

            screen.Write(table);
        }

        screen.WriteLine(run.Message ?? run.State);
        return spaces.Any(s => s["end"]!.ToString() == "kept") ? ExitCodes.Failed : RecurringCalls.CodeOf(run);
    }
}
