using System.CommandLine;
using Flatfile.Agent.Host.Explaining;
using Flatfile.Agent.Host.Serving;

namespace Flatfile.Agent.Host.Commands;

/// <summary>Says which handlers an event is for, and why it is not for the others.</summary>
internal static class ExplainCommand
{
    private const string Description = """
        Print which handlers match an event, and why the others do not.

        The event comes from a file, or by its id or that of its job from the server that runs over the data folder, or from the one named.
        """;

    public static void AddTo(RootCommand root, SharedOptions shared)
    {
        var file = new Argument<string?>("EVENT.json") { Description = "One event as JSON, as Flatfile sends it.", Arity = ArgumentArity.ZeroOrOne };
        var @event = new Option<string?>("--event") { Description = "An event of Flatfile.", HelpName = "us_evt_…" };
        var job = new Option<string?>("--job") { Description = "The job:ready event of a job.", HelpName = "us_jb_…" };
        var url = new Option<string?>("--url") { Description = "A server that runs already.", HelpName = "URL" };
        var key = new Option<string?>("--key") { Description = "Its secret key; FLATFILE_API_KEY unless told.", HelpName = "KEY" };
        var json = new Option<bool>("--json") { Description = "Print one JSON object and nothing else." };
        var command = new Command("explain", Description) { file, @event, job, url, key, json };
        command.Validators.Add(result =>
        {
            if (((string?[])[result.GetValue(file), result.GetValue(@event), result.GetValue(job)]).Count(v => v is not null) != 1)
            {
                result.AddError("Name one event: EVENT.json, --event us_evt_… or --job us_jb_…");
            }
        });
        command.SetAction((parsed, stop) =>
        {
            var settings = shared.Read(parsed);
            var server = new ServerChoice(settings, parsed.GetValue(url), parsed.GetValue(key), "--url");
            return Explanation.RunAsync(
                settings,
                () => parsed.GetValue(file) is { } path ? EventLookup.FromFileAsync(path, stop)
                    : parsed.GetValue(@event) is { } id ? EventLookup.OfIdAsync(server, id, stop)
                    : EventLookup.OfJobAsync(server, parsed.GetValue(job)!, stop),
                parsed.GetValue(json), stop);
        });
        root.Subcommands.Add(command);
    }
}
