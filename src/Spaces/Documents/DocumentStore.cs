using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Http.Shapes;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Documents;

/// <summary>The documents of a space, each change with its event.</summary>
internal static class DocumentStore
{
    private static readonly BodyMerge Rules = new(
        new HashSet<string>(StringComparer.Ordinal) { "title", "body" },
        new HashSet<string>(StringComparer.Ordinal) { "id", "spaceId", "environmentId", "createdAt", "updatedAt", "createdFrom", "lastPropagatedAt" });

    private static readonly Shape Form = ShapeTable.Find("DocumentConfig");

    /// <summary>Creates a document.</summary>
    public static JsonObject Create(SpaceWrite write, JsonObject given)
    {
        var id = write.NewId(IdPrefix.Document);
        var document = new JsonObject
        {
            ["id"] = id.ToString(),
            ["spaceId"] = write.SpaceId,
            ["environmentId"] = write.Folder.EnvironmentId,
            ["createdAt"] = write.NowText,
        };
        Apply(write, document, given);
        ResourceTable.Documents.Insert(write.Connection, id, document);
        Announce(write, Topics.DocumentCreated, id);
        return document;
    }

    /// <summary>Changes the members present.</summary>
    public static JsonObject Update(SpaceWrite write, ResourceId id, JsonObject given)
    {
        var document = ResourceTable.Documents.Get(write.Connection, id);
        Apply(write, document, given);
        ResourceTable.Documents.Update(write.Connection, id, document);
        Announce(write, Topics.DocumentUpdated, id);
        return document;
    }

    /// <summary>Removes a document.</summary>
    public static void Delete(SpaceWrite write, ResourceId id)
    {
        ResourceTable.Documents.Delete(write.Connection, id);
        Announce(write, Topics.DocumentDeleted, id);
    }

    private static void Apply(SpaceWrite write, JsonObject document, JsonObject given)
    {
        BodyMerge.Into(document, given, Rules);
        Form.Require(document);
        document["updatedAt"] = write.NowText;
    }

    private static void Announce(SpaceWrite write, string topic, ResourceId id) => write.Emit(new NewEvent(topic, "document")
    {
        Context = new JsonObject { ["documentId"] = id.ToString() },
        Origin = new JsonObject { ["id"] = id.ToString() },
    });
}
