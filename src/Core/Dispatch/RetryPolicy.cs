namespace Flatfile.Agent.Core.Dispatch;

/// <summary>Decides what follows a failure, from the failure alone.</summary>
/// <param name="MaxAttempts">Tries in all.</param>
/// <param name="FirstDelay">The pause after the first failure.</param>
/// <param name="NextDelay">The pause after the second; it doubles from there.</param>
/// <param name="MaxDelay">The longest pause.</param>
/// <param name="Jitter">A number from 0 to below 1, asked for each pause, so that many failures do not come back at once.</param>
internal sealed record RetryPolicy(int MaxAttempts, TimeSpan FirstDelay, TimeSpan NextDelay, TimeSpan MaxDelay, Func<double> Jitter)
{
    private const double Spread = 0.2;

    public RetryDecision Decide(Failure failure)
    {
        if (FaultKinds.IsPermanent(failure.Exception))
        {
            return new RetryDecision.GiveUp(failure.Exception.Message);
        }

        if (failure.Attempt >= MaxAttempts)
        {
            return new RetryDecision.Park($"{failure.Exception.Message} (tried {failure.Attempt} times)");
        }

        return new RetryDecision.RetryAfter(DelayAfter(failure));
    }

    private TimeSpan DelayAfter(Failure failure)
    {
        var pause = failure.Attempt <= 1 ? FirstDelay : NextDelay * Math.Pow(2, Math.Min(failure.Attempt - 2, 30));
        pause = pause > MaxDelay ? MaxDelay : pause;
        var spread = pause * (1 - Spread + (2 * Spread * Jitter()));
        return FaultKinds.RetryAfter(failure.Exception) is { } asked && asked > spread ? asked : spread;
    }
}
