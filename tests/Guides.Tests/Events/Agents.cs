using Guides.Tests.Support;

namespace Guides.Tests.Events;

/// <summary>The topics of agents.</summary>
public sealed class Agents
{
    [Fact]
    public async Task An_agent_says_when_it_is_deployed_deployed_again_and_deleted()
    {
        await using var stage = await Stage.SetAsync();
        var agents = $"agents?environmentId={stage.Server.EnvironmentId}";
        var agent = (string)(await stage.CallAsync("POST", agents, """{"slug":"importer","topics":["job:ready"],"source":"module.exports = {}","compiler":"js"}"""))["id"]!;
        await stage.CallAsync("POST", agents, """{"slug":"importer","topics":["**"],"source":"module.exports = {}","compiler":"js"}""");

        await stage.CallAsync("DELETE", $"agents/{agent}");

        foreach (var topic in new[] { "agent:created", "agent:updated", "agent:deleted" })
        {
            Sample.Matches(
                $$$"""{"topic":"{{{topic}}}","context":{"accountId":"us_acc_1234","environmentId":"us_env_1234","actorId":"us_usr_1234"} }""",
                await stage.EventAsync(topic));
        }
    }
}
