using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent.Core.Jobs.Recurring;

namespace Flatfile.Agent.Host.Recurring;

/// <summary>A run of recurring work on the wire. States and causes are words: <c>waiting</c>, <c>running</c>, <c>succeeded</c>, <c>failed</c>, <c>skipped</c>, <c>replaced</c>.</summary>
internal sealed record RecurringRunView(
    long Number, string Id, string Cause, DateTimeOffset Slot, string State, int Attempt, long Missed, string? Node,
    DateTimeOffset DecidedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string? Message, JsonObject? Details)
{
    public static RecurringRunView Of(RecurringRun run) => new(
        run.Number, run.Id, Word(run.Cause.ToString()), run.Slot, Word(run.State.ToString()), run.Attempt, run.Missed, run.Node,
        run.DecidedAt, run.StartedAt, run.EndedAt, run.Message, run.Details);

    public static string Word(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
