using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Spaces;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Events;

/// <summary>Where an event comes from: the facts every event carries.</summary>
internal sealed record EventOrigin(string AccountId, string EnvironmentId, string ActorId, string CreatedAt)
{
    public string? SpaceId { get; init; }

    public string? AppId { get; init; }

    /// <summary>Namespaces of the space and the workbook.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>For events of the space itself.</summary>
    public JsonNode? SpaceMetadata { get; init; }

    /// <summary>The facts of a change in a space; the workbook named in the event's context adds its namespace.</summary>
    public static EventOrigin Of(SpaceWrite change, NewEvent news)
    {
        var namespaces = new List<string>();
        Add(namespaces, "space:", SpaceApp.Namespace(change.Space));
        if (ResourceId.TryParse(IdPrefix.Workbook, news.Context.Text("workbookId"), out var workbook))
        {
            Add(namespaces, "workbook:", ResourceTable.Workbooks.Find(change.Connection, workbook.Number)?.Text("namespace"));
        }

        return new EventOrigin(change.Folder.AccountId, change.Folder.EnvironmentId, change.ActorId, change.NowText)
        {
            SpaceId = change.SpaceId,
            AppId = change.Space.Text("appId"),
            Namespaces = namespaces,
            SpaceMetadata = change.Space.Copy("metadata"),
        };
    }

    private static void Add(List<string> namespaces, string kind, string? name)
    {
        if (!string.IsNullOrEmpty(name))
        {
            namespaces.Add(kind + name);
        }
    }
}
