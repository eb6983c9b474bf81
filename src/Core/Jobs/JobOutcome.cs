using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Api;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>How a job ends in Flatfile.</summary>
/// <param name="Succeeded">Complete or fail.</param>
/// <param name="End">The body.</param>
internal sealed record JobOutcome(bool Succeeded, JobEnd End)
{
    /// <summary>What the person reads.</summary>
    public string Message => End.Outcome?["message"]?.GetValue<string>() ?? End.Info ?? string.Empty;

    /// <summary>A good end, with the details beside the known members.</summary>
    public static JobOutcome Of(JobResult result)
    {
        var outcome = Beside(result.Details);
        outcome["message"] = result.Message;
        Set(outcome, "heading", result.Heading);
        Set(outcome, "acknowledge", result.Acknowledge);
        Set(outcome, "buttonText", result.ButtonText);
        Set(outcome, "hideDefaultButton", result.HideDefaultButton);
        Set(outcome, "trigger", Trigger(result));
        Set(outcome, "next", result.Next?.DeepClone());
        return new JobOutcome(true, new JobEnd { Info = result.Info, Outcome = outcome });
    }

    /// <summary>A bad end, kept on screen until the person dismisses it.</summary>
    public static JobOutcome Failure(string reason, JsonObject? details = null)
    {
        var outcome = Beside(details);
        outcome["message"] = reason;
        outcome["acknowledge"] = true;
        return new JobOutcome(false, new JobEnd { Info = reason, Outcome = outcome });
    }

    /// <summary>The form it is stored in.</summary>
    public string ToJson() => new JsonObject
    {
        ["succeeded"] = Succeeded,
        ["end"] = JsonSerializer.SerializeToNode(End, FlatfileJson.Default.JobEnd),
    }.ToJsonString();

    public static JobOutcome FromJson(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new JobOutcome(root.GetProperty("succeeded").GetBoolean(), root.GetProperty("end").Deserialize(FlatfileJson.Default.JobEnd)!);
    }

    private static JsonObject Beside(JsonObject? details) => details is null ? [] : details.DeepClone().AsObject();

    private static JsonNode? Trigger(JobResult result)
    {
        var trigger = result.Trigger switch
        {
            OutcomeTrigger.Manual => "manual",
            OutcomeTrigger.Automatic => "automatic",
            OutcomeTrigger.AutomaticSilent => "automatic_silent",
            _ => null,
        };
        return (trigger, result.Audience) switch
        {
            (null, _) => null,
            (_, null) => trigger,
            (_, var audience) => new JsonObject { ["type"] = trigger, ["audience"] = audience == OutcomeAudience.All ? "all" : "originator" },
        };
    }

    private static void Set(JsonObject outcome, string name, JsonNode? value)
    {
        if (value is not null)
        {
            outcome[name] = value;
        }
    }
}
