using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Jobs;

/// <summary>Looks through what clients send about jobs; all faults of a body are told at once.</summary>
internal static class JobCheck
{
    private static readonly string[] Statuses =
    [
        JobStatus.Created, JobStatus.Planning, JobStatus.Scheduled, JobStatus.Ready, JobStatus.Executing, JobStatus.Waiting,
        JobStatus.Complete, JobStatus.Failed, JobStatus.Canceled,
    ];

    private static readonly string[] Types = ["file", "workbook", "sheet", "space", "document", "app", "agent", "autobuild", "onboarding"];

    private static readonly string[] Modes = ["foreground", "background", "hidden", "toolbarBlocking"];

    /// <summary>A new job, as far as can be said without its space.</summary>
    public static JobConfig New(JsonObject given)
    {
        var faults = new List<ApiFault>();
        foreach (var member in new[] { "type", "operation", "source" })
        {
            if (string.IsNullOrEmpty(given.Text(member)))
            {
                faults.Add(new ApiFault(member, $"A job needs '{member}', a text."));
            }
        }

        if (given.Text("type") is { Length: > 0 } type && !Types.Contains(type))
        {
            faults.Add(new ApiFault("type", $"'{type}' is no type of a job. Known: {string.Join(", ", Types)}."));
        }

        if (given.Text("trigger") is { } trigger && trigger is not (JobTrigger.Manual or JobTrigger.Immediate))
        {
            faults.Add(new ApiFault("trigger", $"'{trigger}' is no trigger. Known: manual, immediate."));
        }

        if (given.Text("mode") is { } mode && !Modes.Contains(mode))
        {
            faults.Add(new ApiFault("mode", $"'{mode}' is no mode. Known: {string.Join(", ", Modes)}."));
        }

        if (given.Text("status") is { } status && given.Text("trigger") != JobTrigger.Immediate && !JobStore.CanBegin(status))
        {
            faults.Add(new ApiFault("status", $"A job cannot begin as '{status}'. Leave 'status' out, or give created or ready."));
        }

        faults.AddRange(OutcomeCheck.Run(given["outcome"]));
        return faults.Count > 0 ? throw new ApiRefusal(400, faults) : ApiCall.Typed(given, FlatfileJson.Default.JobConfig);
    }

    /// <summary>A change, an acknowledgement or an end.</summary>
    public static void Change(JsonObject given)
    {
        var faults = new List<ApiFault>();
        if (given["progress"] is { } progress && !(progress is JsonValue value && value.TryGetValue<double>(out var percent) && percent is >= 0 and <= 100))
        {
            faults.Add(new ApiFault("progress", "'progress' must be a number from 0 to 100."));
        }

        if (given["status"] is { } status && !(given.Text("status") is { } text && Statuses.Contains(text)))
        {
            faults.Add(new ApiFault("status", $"{status.ToJsonString()} is no status. Known: {string.Join(", ", Statuses)}."));
        }

        foreach (var member in new[] { "config", "metadata" }.Where(member => given[member] is not (null or JsonObject)))
        {
            faults.Add(new ApiFault(member, $"'{member}' must be an object."));
        }

        if (given["info"] is not null && given.Text("info") is null)
        {
            faults.Add(new ApiFault("info", "'info' must be a text."));
        }

        faults.AddRange(OutcomeCheck.Run(given["outcome"]));
        if (faults.Count > 0)
        {
            throw new ApiRefusal(400, faults);
        }
    }
}
