namespace Flatfile.Agent.Core.Dispatch;

/// <summary>What follows a failure.</summary>
internal abstract record RetryDecision
{
    private RetryDecision()
    {
    }

    /// <summary>Try again after the delay.</summary>
    public sealed record RetryAfter(TimeSpan Delay) : RetryDecision;

    /// <summary>The tries are used up; a later replay may succeed.</summary>
    public sealed record Park(string Reason) : RetryDecision;

    /// <summary>Repeating cannot help.</summary>
    public sealed record GiveUp(string Reason) : RetryDecision;
}
