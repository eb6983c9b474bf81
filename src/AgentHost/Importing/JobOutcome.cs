using System.Text.Json.Nodes;
using Flatfile.Api;

namespace Flatfile.Agent.Host.Importing;

/// <summary>Reads the numbers that a job's outcome states beside its message.</summary>
internal static class JobOutcome
{
    public static long? Count(Job? job, string name) =>
        job?.Outcome?[name] is JsonValue value && value.TryGetValue<long>(out var count) ? count : null;

    public static string? Text(Job? job, string name) =>
        job?.Outcome?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static bool? Flag(Job? job, string name) =>
        job?.Outcome?[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    public static JsonArray Items(Job? job, string name) => job?.Outcome?[name] as JsonArray ?? [];

    public static string Reason(Job job) => Text(job, "message") ?? job.Info ?? $"The job ended as {job.Status} without a reason.";

    public static bool Ended(Job job) => job.Status is JobStatus.Complete or JobStatus.Failed or JobStatus.Canceled;
}
