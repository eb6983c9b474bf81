namespace Flatfile.Api;

/// <summary>Topics of events. Text on the wire, so that topics this library does not know survive.</summary>
public static class Topics
{
    public const string SpaceCreated = "space:created";

    public const string SpaceUpdated = "space:updated";

    public const string SpaceDeleted = "space:deleted";

    public const string SpaceArchived = "space:archived";

    public const string SpaceUnarchived = "space:unarchived";

    public const string SpaceConfigured = "space:configured";

    public const string SpaceCompleted = "space:completed";

    public const string SpaceExpired = "space:expired";

    /// <summary>Superset: a step of the space's workflow is done.</summary>
    public const string SpaceStepCompleted = "space:step:completed";

    /// <summary>Superset: the last step of the space's workflow is done.</summary>
    public const string SpaceWorkflowCompleted = "space:workflow:completed";

    /// <summary>Superset: a limit of the space is used by 80 percent.</summary>
    public const string SpaceLimitApproached = "space:limit:approached";

    /// <summary>Superset: a limit of the space is used up, or a change was refused because of it.</summary>
    public const string SpaceLimitReached = "space:limit:reached";

    public const string SpaceGuestAdded = "space:guestAdded";

    public const string SpaceGuestRemoved = "space:guestRemoved";

    /// <summary>Superset: a user or guest is about to come into a space.</summary>
    public const string SpaceAccessed = "space:accessed";

    public const string SpaceFileUploaded = "space:file:uploaded";

    public const string SpaceRecordsValidated = "space:records:validated";

    public const string DocumentCreated = "document:created";

    public const string DocumentUpdated = "document:updated";

    public const string DocumentDeleted = "document:deleted";

    public const string WorkbookCreated = "workbook:created";

    public const string WorkbookUpdated = "workbook:updated";

    public const string WorkbookDeleted = "workbook:deleted";

    public const string WorkbookExpired = "workbook:expired";

    public const string SheetCreated = "sheet:created";

    public const string SheetUpdated = "sheet:updated";

    public const string SheetDeleted = "sheet:deleted";

    public const string SnapshotCreated = "snapshot:created";

    public const string SheetCountsUpdated = "sheet:counts-updated";

    public const string RecordsCreated = "records:created";

    public const string RecordsUpdated = "records:updated";

    public const string RecordsDeleted = "records:deleted";

    public const string FileCreated = "file:created";

    public const string FileUpdated = "file:updated";

    public const string FileDeleted = "file:deleted";

    public const string FileExpired = "file:expired";

    public const string JobCreated = "job:created";

    public const string JobUpdated = "job:updated";

    public const string JobReady = "job:ready";

    public const string JobCompleted = "job:completed";

    public const string JobFailed = "job:failed";

    public const string JobPartsCompleted = "job:parts-completed";

    public const string JobOutcomeAcknowledged = "job:outcome-acknowledged";

    public const string JobDeleted = "job:deleted";

    public const string CommitCreated = "commit:created";

    public const string CommitUpdated = "commit:updated";

    public const string CommitCompleted = "commit:completed";

    public const string LayerCreated = "layer:created";

    public const string SecretCreated = "secret:created";

    public const string SecretUpdated = "secret:updated";

    public const string SecretDeleted = "secret:deleted";

    public const string EnvironmentCreated = "environment:created";

    public const string EnvironmentUpdated = "environment:updated";

    public const string EnvironmentDeleted = "environment:deleted";

    public const string AgentCreated = "agent:created";

    public const string AgentUpdated = "agent:updated";

    public const string AgentDeleted = "agent:deleted";

    public const string ActionCreated = "action:created";

    public const string ActionUpdated = "action:updated";

    public const string ActionDeleted = "action:deleted";

    public const string FlagCreated = "flag:created";

    public const string FlagUpdated = "flag:updated";

    public const string FlagDeleted = "flag:deleted";

    public const string ThreadCreated = "thread:created";

    public const string ThreadUpdated = "thread:updated";

    public const string ThreadDeleted = "thread:deleted";

    public const string ProgramCreated = "program:created";

    public const string ProgramUpdated = "program:updated";

    public const string CanvasAreaCreated = "canvas-area:created";

    public const string CanvasAreaUpdated = "canvas-area:updated";

    public const string CanvasAreaDeleted = "canvas-area:deleted";

    public const string DataClipCreated = "data-clip:created";

    public const string DataClipUpdated = "data-clip:updated";

    public const string DataClipDeleted = "data-clip:deleted";

    public const string DataClipCollaboratorUpdated = "data-clip:collaborator-updated";

    public const string DataClipResolutionsCreated = "data-clip:resolutions-created";

    public const string DataClipResolutionsUpdated = "data-clip:resolutions-updated";

    public const string DataClipResolutionsRefreshed = "data-clip:resolutions-refreshed";
}
