namespace Flatfile.Agent.Core.Upkeep.Monitoring;

/// <summary>The alerts that are raised, so that each is told once and its end too.</summary>
internal sealed record MonitoringState
{
    public IReadOnlyList<Alert> Raised { get; init; } = [];
}
