using System.Globalization;
using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Sheets;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Records;

/// <summary>Commits of a space: a change of a sheet's rows, open until hooks have answered or nobody is waited for.</summary>
internal static class Commits
{
    private const string Open = "open";
    private const string Completed = "completed";

    /// <summary>Stores a commit, announces it page by page, and completes it at once where changes are not tracked.</summary>
    /// <param name="write">The change.</param>
    /// <param name="sheet">The sheet.</param>
    /// <param name="id">The id its rows are stamped with.</param>
    /// <param name="rows">How many rows it has; none is announced to nobody.</param>
    /// <param name="more">Events between the creation and the completion.</param>
    /// <param name="isSilent">Whether hooks are not told; then nobody completes it either.</param>
    public static void Create(SpaceWrite write, SheetOfCall sheet, ResourceId id, long rows, Action more, bool isSilent = false)
    {
        var isTold = rows > 0 && !isSilent;
        var stays = sheet.TracksChanges && isTold;
        var body = new JsonObject
        {
            ["id"] = id.ToString(),
            ["sheetId"] = sheet.Sheet.Id.ToString(),
            ["createdBy"] = write.ActorId,
            ["completedBy"] = stays ? null : write.ActorId,
            ["createdAt"] = write.NowText,
            ["completedAt"] = stays ? null : write.NowText,
            ["recordCount"] = rows,
        };
        ResourceTable.Commits.Insert(write.Connection, id, body, parent: sheet.Sheet.Id.Number, state: stays ? Open : Completed);
        if (isTold)
        {
            AnnounceCreated(write, sheet, id.ToString(), rows);
        }

        more();
        if (isTold && !stays)
        {
            Announce(write, Topics.CommitCompleted, sheet, id.ToString(), Tracks(sheet));
            AnnounceValidated(write, sheet);
        }
    }

    /// <summary>Raises <c>commit:created</c>, one event per page of rows: hooks read one page per event.</summary>
    public static void AnnounceCreated(SpaceWrite write, SheetOfCall sheet, string commitId, long rows)
    {
        var pages = Math.Max(1, (rows + RecordLimits.CommitPage - 1) / RecordLimits.CommitPage);
        for (var page = 1L; page <= pages; page++)
        {
            var payload = Tracks(sheet);
            payload["count"] = rows;
            write.Emit(News(Topics.CommitCreated, sheet, commitId, payload) with
            {
                DataUrl = DataUrl(sheet, commitId) + (pages == 1
                    ? ""
                    : string.Create(CultureInfo.InvariantCulture, $"&pageSize={RecordLimits.CommitPage}&pageNumber={page}")),
                Attributes = new JsonObject
                {
                    ["progress"] = new JsonObject { ["current"] = page, ["total"] = pages, ["percent"] = page * 100 / pages },
                },
            });
        }
    }

    /// <summary>A hook has written its rows: that page of the commit is done, and the commit with its last page.</summary>
    /// <param name="write">The change.</param>
    /// <param name="sheet">The sheet.</param>
    /// <param name="id">The commit.</param>
    /// <param name="page">The page the hook was told of; none where the commit is one page.</param>
    /// <param name="more">Events behind the completion.</param>
    public static void WrittenBack(SpaceWrite write, SheetOfCall sheet, ResourceId id, int? page, Action more)
    {
        var commitId = id.ToString();
        var body = ResourceTable.Commits.Get(write.Connection, id);
        Announce(write, Topics.LayerCreated, sheet, commitId, []);
        Announce(write, Topics.CommitUpdated, sheet, commitId, Tracks(sheet));
        var pages = ((body["recordCount"]?.GetValue<long>() ?? 0) + RecordLimits.CommitPage - 1) / RecordLimits.CommitPage;
        if (page is not null && pages > 1 && body["completedAt"] is null)
        {
            var done = body["pagesDone"] as JsonArray ?? [];
            if (!done.Any(known => known!.GetValue<int>() == page))
            {
                done.Add(page);
            }

            body["pagesDone"] = done.DeepClone();
            if (done.Count < pages)
            {
                ResourceTable.Commits.Update(write.Connection, id, body, Open);
                more();
                return;
            }
        }

        Store(write, id, body);
        Announce(write, Topics.CommitCompleted, sheet, commitId, Tracks(sheet));
        more();
        AnnounceValidated(write, sheet);
    }

    /// <summary>Completes a commit; a second time changes and says nothing.</summary>
    public static void Complete(SpaceWrite write, ResourceId id)
    {
        var body = ResourceTable.Commits.Get(write.Connection, id);
        if (body["completedAt"] is not null)
        {
            return;
        }

        Store(write, id, body);
        var sheetId = write.Own(ResourceTable.Sheets, body.Text("sheetId"));
        if (ResourceTable.Sheets.Find(write.Connection, sheetId.Number) is not null)
        {
            var sheet = SheetOfCall.Find(write, sheetId);
            Announce(write, Topics.CommitCompleted, sheet, id.ToString(), Tracks(sheet));
            AnnounceValidated(write, sheet);
        }
    }

    /// <summary>An event about rows of a commit.</summary>
    public static NewEvent News(string topic, SheetOfCall sheet, string? commitId, JsonObject payload)
    {
        var context = SheetStore.Context(sheet.Sheet);
        if (commitId is not null)
        {
            context["commitId"] = commitId;
            context["versionId"] = commitId;
        }

        return new NewEvent(topic, "workbook")
        {
            Context = context,
            Payload = payload,
            Origin = new JsonObject { ["id"] = sheet.Sheet.Id.ToString(), ["slug"] = sheet.Sheet.Slug },
        };
    }

    /// <summary>Where the rows of a commit are read and written back.</summary>
    public static string DataUrl(SheetOfCall sheet, string commitId) =>
        $"v1/sheets/{sheet.Sheet.Id}/records?commitId={commitId}&includeMessages=true&includeLinks=true";

    /// <summary>Commits of sheets, in order; of one state, or all.</summary>
    public static List<JsonObject> List(SpaceRead read, IEnumerable<long> sheets, bool? completed)
    {
        var state = completed switch { true => Completed, false => Open, null => null };
        return [.. sheets.SelectMany(sheet => ResourceTable.Commits.List(read.Connection, sheet, state))];
    }

    private static JsonObject Tracks(SheetOfCall sheet) => new() { ["trackChanges"] = sheet.TracksChanges };

    private static void Announce(SpaceWrite write, string topic, SheetOfCall sheet, string commitId, JsonObject payload) =>
        write.Emit(News(topic, sheet, commitId, payload));

    private static void Store(SpaceWrite write, ResourceId id, JsonObject body)
    {
        body["completedBy"] ??= write.ActorId;
        body["completedAt"] ??= write.NowText;
        ResourceTable.Commits.Update(write.Connection, id, body, Completed);
    }

    /// <summary>Says how many rows of a sheet there are, and how many with errors.</summary>
    public static void AnnounceValidated(SpaceWrite write, SheetOfCall sheet)
    {
        var counts = RecordTables.Counts(write.Connection, sheet.Sheet.Records);
        write.Emit(new NewEvent(Topics.SpaceRecordsValidated, "space")
        {
            Context = new JsonObject
            {
                ["workbookId"] = sheet.Sheet.Body.Text("workbookId"),
                ["sheetId"] = sheet.Sheet.Id.ToString(),
                ["recordCount"] = counts.Total,
                ["errorCount"] = counts.Error,
            },
        });
    }
}
