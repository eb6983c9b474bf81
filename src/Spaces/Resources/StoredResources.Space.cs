using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Http.Shapes;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Resources;

/// <content>Those of a space: they travel with it.</content>
internal static partial class StoredResources
{
    /// <summary>An action of its own, mounted on something in the space.</summary>
    public static StoredResource Actions => new(Kinds.Actions)
    {
        List = "actions.getAll", Create = "actions.create", Get = "actions.get", Update = "actions.update", Delete = "actions.delete", Id = "actionId",
        New = ShapeTable.Find("ApiActionConfig"), Changed = ShapeTable.Find("ActionUpdate"), Fixed = ["targetId"],
        Lists = (_, call) => Single(Places.SpaceInQueryAsync(call)), Holds = (_, call) => Places.OfPathAsync(call, Kinds.Actions, "actionId"),
        Parent = (stock, _, given) => given is null ? null : AnyId.Holder(((SpaceStock)stock).Read, given.Text("targetId")!),
        Bare = Bare.List, News = ActionNews,
    };

    private static StoredResource Flags => new(Kinds.Flags)
    {
        List = "flags.list", Create = "flags.create", Get = "flags.get", Update = "flags.update", Delete = "flags.delete", Id = "slug", Key = "slug",
        New = ShapeTable.Find("CreateFlagRequest"), Changed = ShapeTable.Find("UpdateFlagRequest"),
        Lists = (_, call) => Single(Places.OfIdAsync(call, IdPrefix.Workbook, "workbook", call.Route("workbookId"))),
        ParentMember = "workbookId",
        Parent = (stock, call, _) => Workbook(((SpaceStock)stock).Read, call.Route("workbookId")),
        Unique = "slug", Bare = Bare.One | Bare.List, News = News("flag", "flag", "flagId", "workbookId"),
        Changing = (_, _, given) =>
        {
            given.Remove("slug");
            if (given.Text("newSlug") is { } slug)
            {
                given["slug"] = slug;
            }

            given.Remove("newSlug");
        },
    };

    private static StoredResource Threads => new(Kinds.Threads)
    {
        List = "threads.getThreads", Create = "threads.createThread", Get = "threads.getThread", Update = "threads.updateThread", Delete = "threads.deleteThread",
        Id = "threadId", New = ShapeTable.Find("ThreadApiCreateData"), Changed = ShapeTable.Find("ThreadApiUpdateData"),
        Lists = async (_, call) => call.Query("resourceId") is { } id ? [await Places.OfAnyAsync(call, id).ConfigureAwait(false)] : await Places.AllAsync(call).ConfigureAwait(false),
        Creates = (_, call, given) => Places.OfAnyAsync(call, given.Text("resourceId")!),
        Holds = (_, call) => Places.OfPathAsync(call, Kinds.Threads, "threadId"),
        Parent = (stock, _, given) => given?.Text("resourceId") is { } id ? AnyId.HolderIfKnown(((SpaceStock)stock).Read, id) : null,
        Filters = [Filters.Same("resourceId")], News = News("thread", "thread", "threadId"), Changing = ThreadState,
    };

    private static StoredResource Messages => new(Kinds.Messages)
    {
        List = "messages.getMessages", Create = "messages.createMessage", Get = "messages.getMessage", Update = "messages.updateMessage",
        Delete = "messages.deleteMessage", Id = "messageId",
        New = ShapeTable.Find("MessageApiCreateData"), Changed = ShapeTable.Find("MessageApiUpdateData"),
        Lists = (_, call) => Single(Places.OfPathAsync(call, Kinds.Threads, "threadId")),
        ParentMember = "threadId", Parent = Below(Kinds.Threads, "threadId"), Bare = Bare.One,
        Changing = (_, body, given) =>
        {
            if (given.Text("threadId") is { } thread && thread != body.Text("threadId"))
            {
                throw ApiRefusal.Bad("threadId", $"A message stays in its thread {body.Text("threadId")}.");
            }
        },
    };

    private static StoredResource Guidance => new(Kinds.Guidance)
    {
        Create = "spaces.createGuidance", Update = "spaces.updateGuidance", Delete = "spaces.deleteGuidance", Id = "guidanceId",
        New = ShapeTable.Find("GuidanceApiCreateData"), Changed = ShapeTable.Find("GuidanceApiUpdateData"), Fixed = ["guideSlug"],
        Lists = (_, call) => Single(Places.SpaceInPathAsync(call)), Bare = Bare.One,
    };

    private static StoredResource DataClips => new(Kinds.DataClips)
    {
        Get = "dataClips.get", Update = "dataClips.update", Id = "dataClipId",
        New = ShapeTable.Find("CreateDataClipRequest"), Changed = ShapeTable.Find("UpdateDataClipRequest"),
        Fixed = ["sourceSheetId", "clipSheetId", "workbookId", "mergedAt"],
        Lists = (_, call) => Single(Places.OfPathAsync(call, Kinds.DataClips, "dataClipId")),
        Changing = (stock, clip, given) =>
        {
            if (given["collaborators"] is { } collaborators && !JsonNode.DeepEquals(collaborators, clip["collaborators"]))
            {
                stock.Emit(DataClipEndpoints.News(clip, Topics.DataClipCollaboratorUpdated));
            }
        },
        News = (_, clip, _) => DataClipEndpoints.News(clip, Topics.DataClipUpdated),
    };

    private static string Workbook(SpaceRead read, string id)
    {
        ResourceTable.Workbooks.Get(read.Connection, read.Own(ResourceTable.Workbooks, id));
        return id;
    }

    /// <summary><c>upsert</c> puts the given state over the stored one, member by member; otherwise it replaces it.</summary>
    private static void ThreadState(Stock stock, JsonObject body, JsonObject given)
    {
        if (given.Text("resourceId") is { } id)
        {
            AnyId.NumberIn(((SpaceStock)stock).Read, id);
        }

        if (given.Text("stateUpdateStrategy") == "upsert" && given["state"] is JsonObject more && body["state"] is JsonObject state)
        {
            var merged = state.DeepClone().AsObject();
            foreach (var (member, value) in more)
            {
                merged[member] = value?.DeepClone();
            }

            given["state"] = merged;
        }

        given.Remove("stateUpdateStrategy");
    }

    /// <summary>The domain is the kind of thing the action is mounted on.</summary>
    private static NewEvent ActionNews(Stock stock, JsonObject action, string what)
    {
        var read = ((SpaceStock)stock).Read;
        var target = action.Text("targetId")!;
        var (domain, context) = AnyId.PrefixOf(target) switch
        {
            IdPrefix.Workbook => ("workbook", new JsonObject { ["workbookId"] = target }),
            IdPrefix.Sheet => ("sheet", Sheets.SheetStore.Context(Sheets.SheetStore.Get(read, read.Own(ResourceTable.Sheets, target)))),
            IdPrefix.File => ("file", new JsonObject { ["fileId"] = target }),
            IdPrefix.Document => ("document", new JsonObject { ["documentId"] = target }),
            _ => ("space", []),
        };
        context["actionId"] = action.Text("id");
        return new NewEvent($"action:{what}", domain) { Context = context, Origin = new JsonObject { ["id"] = action.Text("id") } };
    }
}
