namespace Flatfile.Api;

/// <summary>The states of a job. Text on the wire, so that values this library does not know survive.</summary>
public static class JobStatus
{
    public const string Created = "created";

    public const string Planning = "planning";

    public const string Scheduled = "scheduled";

    public const string Ready = "ready";

    public const string Executing = "executing";

    public const string Waiting = "waiting";

    public const string Complete = "complete";

    public const string Failed = "failed";

    public const string Canceled = "canceled";
}
