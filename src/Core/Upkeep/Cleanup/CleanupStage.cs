namespace Flatfile.Agent.Core.Upkeep.Cleanup;

/// <summary>How far the cleanup of one space has come. Stored before the next step begins.</summary>
internal enum CleanupStage
{
    /// <summary>Chosen; nothing was done yet.</summary>
    Chosen,

    /// <summary>A verified export lies in the folder.</summary>
    Exported,

    /// <summary>It may have been deleted already.</summary>
    Deleting,

    /// <summary>It is gone.</summary>
    Deleted,

    /// <summary>It stays, for the reason given.</summary>
    Kept,
}
