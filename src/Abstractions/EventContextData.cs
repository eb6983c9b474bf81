using System.Text.Json;

namespace Flatfile.Agent;

/// <summary>The context object of an event: where it happened. Unknown members stay reachable through <see cref="Source"/>.</summary>
public sealed class EventContextData(JsonElement source)
{
    /// <summary>The context as received.</summary>
    public JsonElement Source { get; } = source;

    /// <summary>The account, <c>us_acc_…</c>.</summary>
    public string? AccountId => Text("accountId");

    /// <summary>The environment, <c>us_env_…</c>.</summary>
    public string? EnvironmentId => Text("environmentId");

    /// <summary>The space, <c>us_sp_…</c>; absent on events above spaces.</summary>
    public string? SpaceId => Text("spaceId");

    /// <summary>The workbook, <c>us_wb_…</c>.</summary>
    public string? WorkbookId => Text("workbookId");

    /// <summary>The sheet, <c>us_sh_…</c>.</summary>
    public string? SheetId => Text("sheetId");

    /// <summary>The sheet's slug; present wherever a sheet is.</summary>
    public string? SheetSlug => Text("sheetSlug");

    /// <summary>The file, <c>us_fl_…</c>.</summary>
    public string? FileId => Text("fileId");

    /// <summary>The job, <c>us_jb_…</c>.</summary>
    public string? JobId => Text("jobId");

    /// <summary>The commit, <c>us_vr_…</c>.</summary>
    public string? CommitId => Text("commitId");

    /// <summary>The document, <c>us_dc_…</c>.</summary>
    public string? DocumentId => Text("documentId");

    /// <summary>The user, guest, agent or key that caused the event.</summary>
    public string? ActorId => Text("actorId");

    /// <summary>The action that caused the event.</summary>
    public string? ActionName => Text("actionName");

    /// <summary>A text member by its wire name, or null when it is absent or not text.</summary>
    public string? Text(string name) =>
        Source.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
