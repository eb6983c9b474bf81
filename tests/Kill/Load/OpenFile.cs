namespace Kill.Load;

/// <summary>An uploaded file whose jobs have not all ended.</summary>
internal sealed class OpenFile(PlannedFile planned, string fileId)
{
    public PlannedFile Planned => planned;

    public string FileId => fileId;

    /// <summary>True while a run of one of its jobs is under way.</summary>
    public bool IsRunning { get; set; }

    /// <summary>True once its cancellation was asked for.</summary>
    public bool CancelAsked { get; set; }
}
