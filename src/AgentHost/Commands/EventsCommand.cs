using System.CommandLine;
using Flatfile.Agent.Host.Events;
using Flatfile.Agent.Host.Serving;

namespace Flatfile.Agent.Host.Commands;

/// <summary>Events as they come, and again.</summary>
internal static class EventsCommand
{
    public static void AddTo(RootCommand root, SharedOptions shared)
    {
        var url = new Option<string?>("--url") { Description = "A server that runs already; that of the data folder unless told.", HelpName = "URL", Recursive = true };
        var key = new Option<string?>("--key") { Description = "Its secret key; FLATFILE_API_KEY unless told.", HelpName = "KEY", Recursive = true };
        var command = new Command("events", "Follow events as they come, and send them through the agent again.") { url, key };
        ServerChoice Server(ParseResult parsed) => new(shared.Read(parsed), parsed.GetValue(url), parsed.GetValue(key), "--url");
        AddTail(command, Server);
        AddReplay(command, Server);
        root.Subcommands.Add(command);
    }

    private static void AddTail(Command parent, Func<ParseResult, ServerChoice> server)
    {
        var topic = new Option<string[]>("--topic") { Description = "Only these topics; globs as handlers write them, such as job:*.", HelpName = "GLOB" };
        var space = new Option<string?>("--space") { Description = "Only this space.", HelpName = "us_sp_…" };
        var since = new Option<string?>("--since") { Description = "Begin behind an event, or at a time: us_evt_…, 2026-01-31T09:00Z, 15m, 2h, 1d.", HelpName = "ID|TIME" };
        var json = new Option<bool>("--json") { Description = "Print each event as one line of JSON." };
        var save = new Option<string?>("--save") { Description = "Write the events to a new file too, one JSON line each: what events replay reads.", HelpName = "FILE" };
        var command = new Command("tail", "Print events of Spaces as they come, and which handlers get them. Ctrl-C ends.") { topic, space, since, json, save };
        command.SetAction((parsed, stop) => EventTail.RunAsync(
            server(parsed),
            new TailRequest(parsed.GetValue(topic) ?? [], parsed.GetValue(space), parsed.GetValue(since), parsed.GetValue(json), parsed.GetValue(save)),
            stop));
        parent.Subcommands.Add(command);
    }

    private static void AddReplay(Command parent, Func<ParseResult, ServerChoice> server)
    {
        const string description = """
            Send events through the running agent again: those of a file, or those of Spaces from one to another.

            A handler that had an event does not get it again, unless told with --again, which needs --handler. Try --dry-run first.
            """;
        var file = new Argument<string?>("FILE") { Description = "Events, one JSON object on each line, as events tail --save writes them.", Arity = ArgumentArity.ZeroOrOne };
        var from = new Option<string?>("--from") { Description = "The first event of Spaces to send.", HelpName = "us_evt_…" };
        var to = new Option<string?>("--to") { Description = "The last one.", HelpName = "us_evt_…" };
        var handler = new Option<string?>("--handler") { Description = "To this handler only.", HelpName = "ID" };
        var again = new Option<bool>("--again") { Description = "Also when the handler had the event: its effect happens again." };
        var dry = new Option<bool>("--dry-run") { Description = "Say who would get what, and send nothing." };
        var command = new Command("replay", description) { file, from, to, handler, again, dry };
        command.Validators.Add(result =>
        {
            var range = (result.GetValue(from) is not null, result.GetValue(to) is not null);
            if (range.Item1 != range.Item2 || range.Item1 == (result.GetValue(file) is not null))
            {
                result.AddError("Name the events: FILE, or --from us_evt_… and --to us_evt_…");
            }

            if (result.GetValue(again) && result.GetValue(handler) is null)
            {
                result.AddError("--again needs --handler ID: every other handler would have its effect twice too.");
            }
        });
        command.SetAction((parsed, stop) => EventsAgain.RunAsync(
            server(parsed),
            new ResendRequest(parsed.GetValue(file), parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(handler), parsed.GetValue(again), parsed.GetValue(dry)),
            stop));
        parent.Subcommands.Add(command);
    }
}
