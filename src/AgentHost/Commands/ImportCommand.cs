using System.CommandLine;
using Flatfile.Agent.Host.Importing;

namespace Flatfile.Agent.Host.Commands;

/// <summary>Takes files in and says what became of every row.</summary>
internal static class ImportCommand
{
    private const string Description = """
        Take files into a space and say what became of every row.

        Without --to it runs its own server over the data folder and stops it at the end; a server that runs there already is used.
        Safe to start again: files that are in the space already are not taken a second time.
        Exit code: 0 every row is in, 1 rows were refused or a job failed, 2 nothing was done.
        """;

    public static void AddTo(RootCommand root, SharedOptions shared)
    {
        var files = new Argument<string[]>("FILE") { Description = "Delimited text files.", Arity = ArgumentArity.OneOrMore };
        var space = new Option<string>("--space") { Description = "The space's name; made when it is new.", HelpName = "NAME", DefaultValueFactory = _ => "Import" };
        var to = new Option<string?>("--to") { Description = "A server that runs already.", HelpName = "URL" };
        var key = new Option<string?>("--key") { Description = "Its secret key; FLATFILE_API_KEY unless told.", HelpName = "KEY" };
        var json = new Option<bool>("--json") { Description = "Print one JSON object and nothing else." };
        var command = new Command("import", Description) { files, space, to, key, json };
        command.SetAction((parsed, stop) => Import.RunAsync(
            new ImportRequest(
                shared.Read(parsed),
                parsed.GetValue(files)!,
                parsed.GetValue(space)!,
                parsed.GetValue(to),
                parsed.GetValue(key),
                parsed.GetValue(json)),
            stop));
        root.Subcommands.Add(command);
    }
}
