using System.CommandLine;
using Flatfile.Agent.Host.Serving;
using Flatfile.Agent.Host.Spaces;

namespace Flatfile.Agent.Host.Commands;

/// <summary>Spaces as a whole: seen, taken out as one file, taken in, deleted.</summary>
internal static class SpacesCommand
{
    private const string Description = """
        List spaces, save one as a file, take one in, delete one.

        Without --url it speaks to the server of the data folder: the one that runs, else one of its own for the moment.
        """;

    public static void AddTo(RootCommand root, SharedOptions shared)
    {
        var url = new Option<string?>("--url") { Description = "A server that runs already.", HelpName = "URL", Recursive = true };
        var key = new Option<string?>("--key") { Description = "Its secret key; FLATFILE_API_KEY unless told.", HelpName = "KEY", Recursive = true };
        var command = new Command("spaces", Description) { url, key };
        ServerChoice Server(ParseResult parsed) => new(shared.Read(parsed), parsed.GetValue(url), parsed.GetValue(key), "--url");
        AddList(command, Server);
        AddExport(command, Server);
        AddImport(command, Server);
        AddDelete(command, Server);
        AddRetention(command, Server);
        root.Subcommands.Add(command);
    }

    private static void AddList(Command parent, Func<ParseResult, ServerChoice> server)
    {
        var command = new Command("list", "Print the spaces: id, name, status, files and last change.");
        command.SetAction((parsed, stop) => SpaceListing.RunAsync(server(parsed), stop));
        parent.Subcommands.Add(command);
    }

    private static void AddExport(Command parent, Func<ParseResult, ServerChoice> server)
    {
        var id = Id();
        var output = new Option<string?>("--output", "-o") { Description = "The file to write; ID.zip unless told. It must be new.", HelpName = "FILE" };
        var command = new Command("export", "Save a space with everything in it as one ZIP file.") { id, output };
        command.SetAction((parsed, stop) => SpaceToFile.RunAsync(server(parsed), parsed.GetValue(id)!, parsed.GetValue(output), stop));
        parent.Subcommands.Add(command);
    }

    private static void AddImport(Command parent, Func<ParseResult, ServerChoice> server)
    {
        var file = new Argument<string>("FILE") { Description = "What export wrote." };
        var name = new Option<string?>("--name") { Description = "The new space's name; the old one's unless told.", HelpName = "NAME" };
        var command = new Command("import", "Make a new space, with a new id, from such a file.") { file, name };
        command.SetAction((parsed, stop) => SpaceFromFile.RunAsync(server(parsed), parsed.GetValue(file)!, parsed.GetValue(name), stop));
        parent.Subcommands.Add(command);
    }

    private static void AddDelete(Command parent, Func<ParseResult, ServerChoice> server)
    {
        var id = Id();
        var command = new Command("delete", "Delete a space with everything in it. There is no way back but a file saved before.") { id };
        command.SetAction((parsed, stop) => SpaceRemoval.RunAsync(server(parsed), parsed.GetValue(id)!, stop));
        parent.Subcommands.Add(command);
    }

    private static void AddRetention(Command parent, Func<ParseResult, ServerChoice> server)
    {
        var days = new Option<int>("--days") { Description = "How far to look ahead; 30 unless told, 0 for what goes now.", HelpName = "N", DefaultValueFactory = _ => 30 };
        var command = new Command("retention", "Print which spaces lose their data by the data retention policies, and when.") { days };
        command.SetAction((parsed, stop) => RetentionListing.RunAsync(server(parsed), parsed.GetValue(days), stop));
        parent.Subcommands.Add(command);
    }

    private static Argument<string> Id() => new("ID") { Description = "The space's id: us_sp_…" };
}
