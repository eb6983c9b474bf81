namespace Kill.Checking;

/// <summary>A job as Flatfile shows it in the end.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Operation">Such as <c>extract</c>.</param>
/// <param name="FileId">The file it is about.</param>
/// <param name="Status">Its last status.</param>
/// <param name="Reason">What a person is told.</param>
/// <param name="Ends">How many events said that it ended.</param>
internal sealed record PlatformJob(string Id, string Operation, string? FileId, string Status, string? Reason, int Ends)
{
    public bool HasEnded => Status is "complete" or "failed" or "canceled";
}
