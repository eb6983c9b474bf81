using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent.Core.Binding;

namespace Flatfile.Agent.Host.Explaining;

/// <summary>An explanation as one JSON object.</summary>
internal static class ExplanationJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(EventExplanation explanation, InboxKnowledge known) => new JsonObject
    {
        ["eventId"] = explanation.EventId,
        ["topic"] = explanation.Topic,
        ["handlers"] = new JsonArray([.. explanation.Handlers.Select(h => new JsonObject
        {
            ["handler"] = h.HandlerId, ["plugin"] = h.Plugin, ["kind"] = h.Kind == HandlerKind.Job ? "job" : "event", ["matches"] = h.Matches,
            ["why"] = new JsonArray([.. h.Lines.Select(l => (JsonNode)l)]), ["inbox"] = known.Handlers.GetValueOrDefault(h.HandlerId),
        })]),
        ["inboxNotAsked"] = known.NotAsked,
        ["refusedPlugins"] = new JsonArray([.. explanation.RefusedPlugins.Select(p => (JsonNode)p)]),
    }.ToJsonString(Indented);
}
