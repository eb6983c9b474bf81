namespace Flatfile.Agent.Core.Jobs;

/// <summary>What a run leaves behind.</summary>
internal abstract record RunEnd
{
    private RunEnd()
    {
    }

    /// <summary>The handler ended: Flatfile is to be told.</summary>
    public sealed record Tell(JobOutcome Outcome) : RunEnd;

    /// <summary>Nothing is to be told: the job ended otherwise, was cancelled, or is gone.</summary>
    public sealed record Close(TicketState State, string Reason) : RunEnd;

    /// <summary>The ticket waits for its next run.</summary>
    public sealed record Return(TimeSpan? Delay, bool Failed, string Reason) : RunEnd;

    /// <summary>The ticket waits as if it had not been claimed: no handler ran.</summary>
    public sealed record Park(TimeSpan Delay, string Reason) : RunEnd;

    /// <summary>Another run owns the ticket: nothing may be written.</summary>
    public sealed record Lost : RunEnd;
}
