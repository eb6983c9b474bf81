using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Spaces;

/// <summary>The steps a space is worked through: <c>{steps: [{id, name, description, completedAt}], currentStep, completedAt}</c>.</summary>
/// <remarks>Completing the last step completes the workflow, not the space: what completes a space is its owner's decision.</remarks>
internal static class SpaceWorkflow
{
    /// <summary>Takes over what a client sent: new steps keep the times of old ones with their id; <c>currentStep</c> alone moves on or back.</summary>
    public static void Apply(JsonObject body, JsonObject given)
    {
        if (!given.TryGetPropertyValue("workflow", out var sent))
        {
            return;
        }

        if (sent is null)
        {
            body.Remove("workflow");
            return;
        }

        if (sent is not JsonObject workflow)
        {
            throw ApiRefusal.Bad("workflow", "'workflow' must be an object with 'steps'.");
        }

        var stored = body["workflow"] as JsonObject;
        var merged = stored?.DeepClone().AsObject() ?? [];
        foreach (var (member, value) in workflow.Where(member => member.Key is not ("completedAt" or "steps")))
        {
            merged[member] = value?.DeepClone();
        }

        merged["steps"] = workflow.ContainsKey("steps") ? Checked(workflow["steps"], stored) : merged["steps"] as JsonArray is { } kept ? kept.DeepClone() : new JsonArray();
        Place(merged, workflow.Text("currentStep"));
        body["workflow"] = merged;
    }

    /// <summary>Completes a step; the next one that is open becomes the current one. Doing it twice changes nothing.</summary>
    public static JsonObject Complete(SpaceWrite write, string stepId)
    {
        var body = write.Space;
        var workflow = body["workflow"] as JsonObject;
        var step = Steps(workflow).FirstOrDefault(step => step.Text("id") == stepId) ?? throw ApiRefusal.NotFound("workflow step", stepId);
        if (step.Text("completedAt") is not null)
        {
            return workflow!;
        }

        step["completedAt"] = write.NowText;
        var next = Open(workflow, after: step);
        workflow!["currentStep"] = next?.Text("id");
        if (next is null)
        {
            workflow["completedAt"] = write.NowText;
        }

        body["updatedAt"] = write.NowText;
        write.StoreSpace(body);
        Announce(write, Topics.SpaceStepCompleted, step, next);
        if (next is null)
        {
            Announce(write, Topics.SpaceWorkflowCompleted, step, null);
        }

        return workflow;
    }

    private static void Announce(SpaceWrite write, string topic, JsonObject step, JsonObject? next) => write.Emit(new NewEvent(topic, "space")
    {
        Context = new JsonObject { ["stepId"] = step.Text("id"), ["stepName"] = step.Text("name"), ["nextStepId"] = next?.Text("id") },
    });

    /// <summary>The next open step after one, then the first open one before it.</summary>
    private static JsonObject? Open(JsonObject? workflow, JsonObject after)
    {
        var steps = Steps(workflow);
        var place = steps.IndexOf(after);
        return steps.Skip(place + 1).Concat(steps.Take(place)).FirstOrDefault(step => step.Text("completedAt") is null);
    }

    private static List<JsonObject> Steps(JsonObject? workflow) => [.. (workflow?["steps"] as JsonArray ?? []).OfType<JsonObject>()];

    private static void Place(JsonObject workflow, string? wanted)
    {
        var steps = Steps(workflow);
        if (wanted is not null && steps.All(step => step.Text("id") != wanted))
        {
            throw ApiRefusal.Bad("workflow.currentStep", $"There is no step '{wanted}'. The steps are: {string.Join(", ", steps.Select(step => step.Text("id")))}.");
        }

        var known = steps.Any(step => step.Text("id") == workflow.Text("currentStep"));
        workflow["currentStep"] = known ? workflow.Text("currentStep") : steps.FirstOrDefault(step => step.Text("completedAt") is null)?.Text("id");
        if (steps.Count == 0 || steps.Any(step => step.Text("completedAt") is null))
        {
            workflow.Remove("completedAt");
        }
    }

    private static JsonArray Checked(JsonNode? sent, JsonObject? stored)
    {
        if (sent is not JsonArray given)
        {
            throw ApiRefusal.Bad("workflow.steps", "'workflow.steps' must be a list of {id, name, description}.");
        }

        var done = Steps(stored).ToDictionary(step => step.Text("id")!, step => step.Text("completedAt"));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var faults = new List<ApiFault>();
        var steps = new JsonArray();
        for (var i = 0; i < given.Count; i++)
        {
            var id = (given[i] as JsonObject)?.Text("id");
            if (given[i] is not JsonObject step || string.IsNullOrEmpty(id))
            {
                faults.Add(new ApiFault($"workflow.steps[{i}]", $"workflow.steps[{i}] needs an 'id', a text."));
                continue;
            }

            if (!seen.Add(id))
            {
                faults.Add(new ApiFault($"workflow.steps[{i}].id", $"workflow.steps[{i}].id '{id}' is the id of an earlier step."));
                continue;
            }

            var own = step.DeepClone().AsObject();
            own.Remove("completedAt");
            if (done.GetValueOrDefault(id) is { } time)
            {
                own["completedAt"] = time;
            }

            steps.Add(own);
        }

        return faults.Count > 0 ? throw new ApiRefusal(400, faults) : steps;
    }
}
