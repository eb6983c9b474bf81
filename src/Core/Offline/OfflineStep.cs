using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Offline;

/// <summary>One thing that happened on the way of a replay.</summary>
public abstract record OfflineStep
{
    private OfflineStep()
    {
    }

    /// <summary>The handler called Flatfile.</summary>
    public sealed record Called(ReplayedCall Call) : OfflineStep;

    /// <summary>A job handler reported progress.</summary>
    public sealed record Reported(double Percent, string? Info) : OfflineStep;

    /// <summary>A job handler saved a checkpoint.</summary>
    public sealed record Saved(string Json) : OfflineStep;

    /// <summary>The handler wrote to its log.</summary>
    public sealed record Logged(LogLevel Level, string Text) : OfflineStep;
}
