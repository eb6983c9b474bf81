using System.Text.Json.Nodes;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Resources;

/// <summary>The states an agent has been deployed in.</summary>
internal static class AgentVersions
{
    private static readonly BodyMerge Rules = new(
        new HashSet<string>(StringComparer.Ordinal),
        new HashSet<string>(["id", "createdAt", "updatedAt", "accountId", "environmentId", "version", "origin", "agent_id", "note"], StringComparer.Ordinal));

    /// <summary>What the server says of an agent, without its configuration.</summary>
    public static JsonObject Head(Stock stock, string id, string? createdAt) => new()
    {
        ["id"] = id,
        ["accountId"] = stock.AccountId,
        ["environmentId"] = stock.EnvironmentId,
        ["createdAt"] = createdAt ?? stock.Now,
        ["updatedAt"] = stock.Now,
    };

    /// <summary>Puts a configuration on an agent or a version.</summary>
    public static void Configure(JsonObject body, JsonObject config) => BodyMerge.Into(body, config, Rules);

    /// <summary>Keeps the agent's state as its next version.</summary>
    public static JsonObject Add(Stock stock, JsonObject agent, int? origin)
    {
        var id = agent.Text("id")!;
        var number = stock.List(Kinds.AgentVersions, id).Count + 1;
        var version = new JsonObject
        {
            ["id"] = stock.NewId(Kinds.AgentVersions),
            ["agent_id"] = id,
            ["version"] = number,
            ["origin"] = origin ?? number,
            ["createdAt"] = stock.Now,
            ["updatedAt"] = stock.Now,
        };
        Configure(version, agent);
        stock.Insert(Kinds.AgentVersions, version, id);
        return version;
    }

    /// <summary>Says what happened to an agent.</summary>
    public static void Announce(Stock stock, string topic, JsonObject agent) => stock.Emit(new NewEvent(topic, "environment")
    {
        Context = new JsonObject { ["agentId"] = agent.Text("id") },
        Origin = new JsonObject { ["id"] = agent.Text("id"), ["slug"] = agent.Text("slug") },
    });
}
