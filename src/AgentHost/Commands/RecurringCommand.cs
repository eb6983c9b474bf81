using System.CommandLine;
using Flatfile.Agent.Host.Recurring;

namespace Flatfile.Agent.Host.Commands;

/// <summary>Recurring work of the running agent: seen, run now, paused, resumed.</summary>
internal static class RecurringCommand
{
    public static void AddTo(RootCommand root, SharedOptions shared)
    {
        var command = new Command("recurring", "See the recurring work of the running agent, run it now, pause it, resume it.");
        var list = new Command("list", "Print each piece of work: when it runs, when it comes next, how the last run ended.");
        list.SetAction((parsed, stop) => RecurringCalls.ListAsync(shared.Read(parsed), stop));
        command.Subcommands.Add(list);

        var limit = new Option<int>("--limit") { Description = "How many; 20 unless told.", HelpName = "N", DefaultValueFactory = _ => 20 };
        Add(command, "runs", "Print the last runs of one, the newest first.", (parsed, id, stop) => RecurringCalls.RunsAsync(shared.Read(parsed), id, parsed.GetValue(limit), stop)).Options.Add(limit);
        Add(command, "run", "Have it run now, also when it is paused, and wait for its end. Exit code: 0 it ended well, 1 it did not.",
            (parsed, id, stop) => RecurringCalls.RunAsync(shared.Read(parsed), id, stop));
        Add(command, "pause", "Run no slot of it any more. It stays paused, also over a restart.", (parsed, id, stop) => RecurringCalls.SetAsync(shared.Read(parsed), "pause", id, stop));
        Add(command, "resume", "Go on with the next slot. What passed meanwhile is not made up.", (parsed, id, stop) => RecurringCalls.SetAsync(shared.Read(parsed), "resume", id, stop));
        root.Subcommands.Add(command);
    }

    private static Command Add(Command parent, string name, string description, Func<ParseResult, string, CancellationToken, Task<int>> run)
    {
        var id = new Argument<string>("ID") { Description = "The work, as list names it." };
        var command = new Command(name, description) { id };
        command.SetAction((parsed, stop) => run(parsed, parsed.GetValue(id)!, stop));
        parent.Subcommands.Add(command);
        return command;
    }
}
