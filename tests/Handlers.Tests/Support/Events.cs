using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flatfile.Agent.Handlers.Tests.Support;

/// <summary>Events as the platform sends them.</summary>
internal static class Events
{
    public static FlatfileEvent Of(string topic, object context, object? payload = null, string id = "us_evt_1") =>
        FlatfileEvent.Parse(JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["id"] = id,
            ["topic"] = topic,
            ["domain"] = topic.Split(':')[0],
            ["context"] = JsonSerializer.SerializeToNode(context),
            ["payload"] = JsonSerializer.SerializeToNode(payload ?? new { }),
        }));
}
