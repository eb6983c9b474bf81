using System.CommandLine;
using Flatfile.Agent.Host.DeadLetters;
using Flatfile.Agent.Host.Serving;

namespace Flatfile.Agent.Host.Commands;

/// <summary>Dead letters: events and jobs that were given up, seen, sent again or dropped.</summary>
internal static class DeadCommand
{
    private const string Description = """
        See what was given up, send it again, or drop it.

        A dead letter is an event that a handler gave up after all its tries, one that cannot be read, or a job whose end Flatfile never took.
        It speaks to the agent that runs over the data folder; when none runs, to the store itself: a replay then happens at the next start.
        With --url and --key it speaks to an agent elsewhere; the key is the operator's, which lies in the data folder in operator-key.
        """;

    private const string ReplayText = """
        Send dead letters to the handlers that gave them up, and to no other.

        What is asked for is done, also when the process dies in between. One that fails again becomes a new letter that names the old one.
        Name letters by number, or narrow them by filters; --all stands for every one that is open. See first with --dry-run what would happen.
        Exit code: 0 all are asked for, 1 some cannot run, 2 nothing was done.
        """;

    public static void AddTo(RootCommand root, SharedOptions shared)
    {
        var options = new DeadOptions();
        var command = new Command("dead", Description) { options.Url, options.Key };
        DeadRequest Read(ParseResult parsed, params string[] ids) => options.Read(parsed, shared.Read(parsed), ids);

        var list = new Command("list", "Print those that wait, the newest first.") { options.State, options.Bus, options.Json, options.Limit };
        options.AddFilters(list);
        list.SetAction((parsed, stop) => DeadRun.ListAsync(Read(parsed), stop));

        var one = new Argument<string>("ID") { Description = "Its number." };
        var show = new Command("show", "Print everything of one: why, where in the code, and the event.") { one, options.Event, options.Json };
        show.SetAction((parsed, stop) => DeadRun.ShowAsync(Read(parsed, parsed.GetValue(one)!), stop));

        var again = Ids();
        var replay = new Command("replay", ReplayText) { again, options.All, options.DryRun, options.Edited, options.Bus, options.Json, options.Limit };
        options.AddFilters(replay);
        replay.SetAction((parsed, stop) => DeadRun.ReplayAsync(Read(parsed, parsed.GetValue(again)!), stop));

        var gone = Ids();
        var drop = new Command("drop", "Give letters up for good: their handlers never get the events. They stay to be seen with --state dropped for 30 days.")
        {
            gone, options.All, options.DryRun, options.Json, options.Limit,
        };
        options.AddFilters(drop);
        drop.SetAction((parsed, stop) => DeadRun.DropAsync(Read(parsed, parsed.GetValue(gone)!), stop));

        foreach (var part in (Command[])[list, show, replay, drop])
        {
            command.Subcommands.Add(part);
        }

        root.Subcommands.Add(command);
    }

    private static Argument<string[]> Ids() => new("ID") { Description = "Numbers of letters; with --bus ids of messages.", Arity = ArgumentArity.ZeroOrMore };
}
