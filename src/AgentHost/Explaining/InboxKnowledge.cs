using System.Text;
using System.Text.Json.Nodes;
using Flatfile.Agent.Host.Commands;
using Flatfile.Agent.Host.Events;
using Flatfile.Agent.Host.Faults;

namespace Flatfile.Agent.Host.Explaining;

/// <summary>What the running agent did with an event, by handler.</summary>
/// <param name="Handlers">A sentence for each handler it knows something of.</param>
/// <param name="NotAsked">Why nothing is known; null when the agent was asked.</param>
internal sealed record InboxKnowledge(IReadOnlyDictionary<string, string> Handlers, string? NotAsked)
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    public static async Task<InboxKnowledge> OfAsync(HostSettings settings, FlatfileEvent @event, CancellationToken stop)
    {
        using var agent = RunningAgent.TryOpen(settings);
        if (agent is null)
        {
            return new InboxKnowledge(Nothing, "No agent runs over this data folder: what was done with the event is not asked.");
        }

        try
        {
            var answer = await agent.PostAsync("events/look", new JsonObject { ["event"] = JsonNode.Parse(@event.Source.GetRawText()) }.ToJsonString(), stop);
            return new InboxKnowledge(answer["handlers"]!.AsArray().ToDictionary(h => h!["handler"]!.ToString(), h => Sentence(h!)), null);
        }
        catch (UserFault fault)
        {
            return new InboxKnowledge(Nothing, $"The agent at {agent.Url} could not be asked: {fault.Message}");
        }
    }

    private static string Sentence(JsonNode handler)
    {
        var text = new StringBuilder(handler["deadLetter"] is { } letter ? $"gave up on it: dead letter {letter}"
            : handler["done"]!.GetValue<bool>() ? handler["kind"]?.ToString() == "job" ? "took it: its job has a ticket" : "is done with it"
            : "has not had it");
        if (handler["deaths"]!.GetValue<int>() is > 0 and var deaths && !handler["done"]!.GetValue<bool>())
        {
            text.Append($"; {deaths} tries began and did not end");
        }

        return text.ToString();
    }
}
