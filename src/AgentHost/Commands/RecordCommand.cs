using System.CommandLine;
using Flatfile.Agent.Host.Recordings;

namespace Flatfile.Agent.Host.Commands;

/// <summary>Saves what a handler saw of Flatfile as one file.</summary>
internal static class RecordCommand
{
    private const string Description = """
        Save the newest recording of an event or a job: the event, and every answer of Flatfile its handler saw.

        Runs that failed are recorded; Agent:Recording:Keep=All records every run. Works while the agent runs, and while it does not.
        The file holds the rows and files the handler read. Keys and tokens are not in it.
        """;

    public static void AddTo(RootCommand root, SharedOptions shared)
    {
        var @event = new Option<string?>("--event") { Description = "The event.", HelpName = "us_evt_…" };
        var job = new Option<string?>("--job") { Description = "The job.", HelpName = "us_jb_…" };
        var handler = new Option<string?>("--handler") { Description = "Of this handler, where several had the event.", HelpName = "ID" };
        var output = new Option<string?>("--output", "-o") { Description = "The file to write; ID.recording.jsonl unless told. It must be new.", HelpName = "FILE" };
        var command = new Command("record", Description) { @event, job, handler, output };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(@event) is null) == (result.GetValue(job) is null))
            {
                result.AddError("Name what to save: --event us_evt_… or --job us_jb_…");
            }
        });
        command.SetAction((parsed, stop) => SavedRecording.RunAsync(
            shared.Read(parsed), parsed.GetValue(@event), parsed.GetValue(job), parsed.GetValue(handler), parsed.GetValue(output), stop));
        root.Subcommands.Add(command);
    }
}
