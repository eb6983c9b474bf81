using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Auth;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;
using Flatfile.Spaces.Usage;
using Flatfile.Spaces.Workbooks;

namespace Flatfile.Spaces.Spaces;

/// <summary>Changes of the space itself, each with its events.</summary>
internal static class SpaceChange
{
    private static readonly string[] Settable = [SpaceStatus.Created, SpaceStatus.Configured, SpaceStatus.Completed];

    /// <summary>Takes over what a client sent, on creation and on update.</summary>
    public static void Apply(SpaceWrite write, JsonObject body, JsonObject given)
    {
        SpaceRuleCheck.Check(given);
        BodyMerge.Into(body, given, BodyMerge.Space);
        if (body.Text("name") is { } name && string.IsNullOrWhiteSpace(name))
        {
            throw ApiRefusal.Bad("name", "'name' must not be empty.");
        }

        LimitSetting.Apply(write, given);
        Guests(body, given);
        Mirror(body, given, "theme");
        Mirror(body, given, "messages");
        SpaceWorkflow.Apply(body, given);
        if (given["users"] is JsonArray users)
        {
            body["users"] = SpaceUsers.Merge(write, body["users"] as JsonArray, users);
        }

        if (given.Text("primaryWorkbookId") is { Length: > 0 } workbook
            && (!ResourceId.TryParse(IdPrefix.Workbook, workbook, out var id) || id.Space != write.Folder.Number
                || ResourceTable.Workbooks.Find(write.Connection, id.Number) is null))
        {
            throw ApiRefusal.Bad("primaryWorkbookId", $"There is no workbook '{workbook}' in this space.");
        }
    }

    /// <summary>PATCH: the members present, and the events that follow.</summary>
    public static void Update(SpaceWrite write, JsonObject given)
    {
        var body = write.Space;
        var archived = body.Text("archivedAt") is not null;
        var status = Status(given);
        var completed = status == SpaceStatus.Completed && body.Text("status") != SpaceStatus.Completed;
        Apply(write, body, given);
        if (status is not null)
        {
            body["status"] = status;
            if (completed)
            {
                body["completedAt"] = write.NowText;
            }
            else if (status != SpaceStatus.Completed)
            {
                body.Remove("completedAt");
            }
        }

        Store(write, body);
        if (given["workbook"] is JsonObject workbook)
        {
            AddPrimary(write, workbook);
        }

        Announce(write, Topics.SpaceUpdated);
        if (completed)
        {
            Announce(write, Topics.SpaceCompleted);
        }

        var archives = body.Text("archivedAt") is not null;
        if (archives != archived)
        {
            Announce(write, archives ? Topics.SpaceArchived : Topics.SpaceUnarchived);
        }
    }

    /// <summary>Archives, or takes back. Doing it twice changes nothing.</summary>
    public static void Archive(SpaceWrite write, bool archived)
    {
        var body = write.Space;
        if (body.Text("archivedAt") is not null == archived)
        {
            return;
        }

        if (archived)
        {
            body["archivedAt"] = write.NowText;
        }
        else
        {
            body.Remove("archivedAt");
        }

        Store(write, body);
        Announce(write, archived ? Topics.SpaceArchived : Topics.SpaceUnarchived);
    }

    /// <summary>The space is ready for work: its configuration job completed, or it came with its workbook.</summary>
    public static void Configured(SpaceWrite write)
    {
        var body = write.Space;
        if (body.Text("status") == SpaceStatus.Created)
        {
            body["status"] = SpaceStatus.Configured;
            Store(write, body);
        }

        Announce(write, Topics.SpaceConfigured);
    }

    /// <summary>Creates a workbook and makes it primary where there is none.</summary>
    public static void AddPrimary(SpaceWrite write, JsonObject config)
    {
        var workbook = WorkbookStore.Create(write, config);
        var body = write.Space;
        if (string.IsNullOrEmpty(body.Text("primaryWorkbookId")))
        {
            body["primaryWorkbookId"] = workbook.ToString();
            write.StoreSpace(body);
        }
    }

    /// <summary>Announces something about the space itself.</summary>
    public static void Announce(SpaceWrite write, string topic) => write.Emit(new NewEvent(topic, "space"));

    private static void Store(SpaceWrite write, JsonObject body)
    {
        body["updatedAt"] = write.NowText;
        write.StoreSpace(body);
    }

    private static string? Status(JsonObject given)
    {
        var status = given.Text("status");
        return status is null || Settable.Contains(status)
            ? status
            : throw ApiRefusal.Bad("status", $"'status' may be set to {string.Join(", ", Settable)}; the others follow from what happens to the space.");
    }

    private static void Guests(JsonObject body, JsonObject given)
    {
        if (given["guestAccess"] is not JsonValue)
        {
            return;
        }

        if (!given.Flag("guestAccess"))
        {
            body["guestAuthentication"] = new JsonArray();
        }
        else if (given["guestAuthentication"] is null)
        {
            body["guestAuthentication"] = new JsonArray("shared_link", "magic_link");
        }
    }

    /// <summary>Embedded clients look for these in the metadata.</summary>
    private static void Mirror(JsonObject body, JsonObject given, string member)
    {
        if (given[member] is JsonObject value)
        {
            var metadata = body["metadata"] as JsonObject ?? [];
            metadata[member] = value.DeepClone();
            body["metadata"] = metadata.Parent is null ? metadata : metadata.DeepClone();
        }
        else if (given.ContainsKey(member))
        {
            (body["metadata"] as JsonObject)?.Remove(member);
        }
    }
}
