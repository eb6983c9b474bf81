using Contracts.Agents;
using History.Tests.Oracle;
using History.Tests.Plan;

namespace History.Tests.Checking;

/// <summary>Everything seen from outside after the dust has settled.</summary>
internal sealed record HistoryRecord(
    IReadOnlyList<PlannedEvent> Events, IReadOnlyList<EffectCall> Calls, IReadOnlyList<AgentLife> Lives, IReadOnlyList<GivenUp> DeadLetters);
