using System.Globalization;
using Flatfile.Agent.Host.Output;
using Flatfile.Agent.Host.Serving;
using Flatfile.Api;
using Spectre.Console;

namespace Flatfile.Agent.Host.Spaces;

/// <summary>Prints the spaces of a server.</summary>
internal static class SpaceListing
{
    public static Task<int> RunAsync(ServerChoice choice, CancellationToken stop) => ServerCall.RunAsync(choice, async target =>
    {
        var spaces = new List<Space>();
        await foreach (var space in target.Client.Spaces.ListAsync(cancellationToken: stop))
        {
            spaces.Add(space);
        }

        Write(Screen.Out(), spaces, target.Url);
    }, stop);

    private static void Write(IAnsiConsole screen, List<Space> spaces, string url)
    {
        if (spaces.Count > 0)
        {
            var table = new Table { Border = Screen.Border(screen) };
            table.AddColumn(new TableColumn("id").NoWrap()).AddColumn("name").AddColumn("status").AddColumn(new TableColumn("files").RightAligned()).AddColumn("changed");
            foreach (var space in spaces)
            {
                table.AddRow(
                    new Text(space.Id), new Text(space.Name), new Text(space.Status ?? "-"), new Text((space.FilesCount ?? 0).ToString(CultureInfo.InvariantCulture)),
                    new Text(space.UpdatedAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)));
            }

            screen.Write(table);
        }

        screen.WriteLine($"{spaces.Count} space{(spaces.Count == 1 ? "" : "s")} at {url}");
    }
}
