using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent.Core.Recording;
using Flatfile.Agent.Core.Offline;

namespace Flatfile.Agent.Host.Replaying;

/// <summary>A replay as one JSON object.</summary>
internal static class ReplayJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Of(RecordedRun run, OfflineReport report) => new JsonObject
    {
        ["eventId"] = run.Facts.Event.Id,
        ["topic"] = run.Facts.Event.Topic,
        ["jobId"] = run.Facts.JobId,
        ["handler"] = report.HandlerId,
        ["plugin"] = report.Plugin,
        ["version"] = report.Version,
        ["recorded"] = new JsonObject
        {
            ["at"] = run.Facts.At, ["attempt"] = run.Facts.Attempt, ["version"] = run.Facts.Version, ["end"] = run.End, ["fault"] = Fault(run.Fault), ["calls"] = run.Calls.Count, ["full"] = run.IsFull,
        },
        ["endedWell"] = report.EndedWell,
        ["sameFault"] = report.IsFaultOf(run),
        ["outcome"] = report.Outcome is { } outcome ? JsonNode.Parse(outcome) : null,
        ["fault"] = Fault(report.Fault),
        ["steps"] = new JsonArray([.. report.Steps.Select(Step)]),
        ["notMade"] = Texts(report.NotMade),
    }.ToJsonString(Indented);

    private static JsonObject Step(OfflineStep step) => step switch
    {
        OfflineStep.Called(var call) => new JsonObject
        {
            ["step"] = "call", ["match"] = call.Match.ToString().ToLowerInvariant(), ["method"] = call.Method, ["path"] = call.Path, ["status"] = call.Status,
            ["wrote"] = Texts(call.Wrote), ["differences"] = Texts(call.Differences), ["note"] = call.Note,
        },
        OfflineStep.Reported(var percent, var info) => new JsonObject { ["step"] = "progress", ["percent"] = percent, ["info"] = info },
        OfflineStep.Saved(var json) => new JsonObject { ["step"] = "checkpoint", ["state"] = JsonNode.Parse(json) },
        OfflineStep.Logged(var level, var text) => new JsonObject { ["step"] = "log", ["level"] = level.ToString(), ["text"] = text },
        _ => [],
    };

    private static JsonObject? Fault(RecordedFault? fault) =>
        fault is null ? null : new JsonObject { ["type"] = fault.Type, ["message"] = fault.Message, ["stack"] = fault.Stack };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);
}
