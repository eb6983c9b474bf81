using System.Globalization;
using Flatfile.Agent.Host.Output;
using Flatfile.Agent.Host.Serving;
using Spectre.Console;

namespace Flatfile.Agent.Host.Spaces;

/// <summary>Prints what the data retention policies will remove.</summary>
internal static class RetentionListing
{
    public static Task<int> RunAsync(ServerChoice choice, int days, CancellationToken stop) => ServerCall.RunAsync(choice, async target =>
    {
        var preview = await target.Client.DataRetentionPolicies.PreviewAsync(days, cancellationToken: stop);
        var screen = Screen.Out();
        if (preview.Spaces.Count > 0)
        {
            var table = new Table { Border = Screen.Border(screen) };
            table.AddColumn(new TableColumn("space").NoWrap()).AddColumn("name").AddColumn("data goes at").AddColumn("policy");
            foreach (var space in preview.Spaces)
            {
                table.AddRow(
                    new Text(space.SpaceId), new Text(space.Name ?? "-"), new Text(space.ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)), new Text(space.PolicyId));
            }

            screen.Write(table);
        }

        screen.WriteLine(FormattableString.Invariant($"{preview.Spaces.Count} spaces lose their data within {days} days at {target.Url}"));
    }, stop);
}
