using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Http.Shapes;

namespace Flatfile.Spaces.Resources;

/// <summary>
/// <c>/agents</c>. A deployed agent is kept with its source and all its versions, so that tools can deploy, list, revert and delete it. Nothing here
/// runs its JavaScript: its listeners run elsewhere, and its logs and executions stay empty.
/// </summary>
internal sealed class AgentEndpoints(Places places) : IEndpoints
{
    private const int DefaultPage = 20;

    private const string Note =
        "Stored. This server does not run JavaScript agents: start the listener yourself and point it at this server, or write the handler as a plugin.";

    private static readonly ResourceFilter[] Narrow = [Filters.Flag("isSystem"), Filters.Search("search", "slug", "namespace", "id")];

    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("agents.list", ListAsync);
        routes.Map("agents.create", DeployAsync);
        routes.Map("agents.get", call => ReadAsync(call, agent => Answer.Data(agent)));
        routes.Map("agents.listVersions", VersionsAsync);
        routes.Map("agents.revert", RevertAsync);
        routes.Map("agents.delete", DeleteAsync);
        routes.Map("agents.getAgentLogs", call => ReadAsync(call, _ => Nothing(call)));
        routes.Map("agents.getAgentLog", call => throw ApiRefusal.NotFound("agent log of event", call.Route("eventId")));
        routes.Map("agents.getEnvironmentAgentLogs", NothingAsync);
        routes.Map("agents.getEnvironmentAgentExecutions", NothingAsync);
        routes.Map("agentExports.list", NothingAsync);
        routes.Map("agentExports.get", NoExport);
        routes.Map("agentExports.download", NoExport);
        routes.Map("agentExports.delete", NoExport);
    }

    private async Task<Answer> ListAsync(ApiCall call)
    {
        var page = PageQuery.Read(call, DefaultPage);
        var tests = Narrow.Select(filter => filter(call)).OfType<Func<JsonObject, bool>>().ToList();
        var all = await places.Environment(call).ReadAsync(
            stock => stock.List(Kinds.Agents).Where(agent => tests.TrueForAll(test => test(agent))).ToList()).ConfigureAwait(false);
        return Answer.List(all.Skip((int)Math.Min(page.Skip, int.MaxValue)).Take(page.Size), page, all.Count);
    }

    /// <summary>One slug is one agent: deploying it again is its next version.</summary>
    private async Task<Answer> DeployAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        ShapeTable.Find("AgentConfig").Require(given);
        return await places.Environment(call).WriteAsync(stock =>
        {
            var agent = given.Text("slug") is { } slug ? stock.List(Kinds.Agents).Find(one => one.Text("slug") == slug) : null;
            var topic = agent is null ? Topics.AgentCreated : Topics.AgentUpdated;
            var before = agent;
            agent = AgentVersions.Head(stock, before?.Text("id") ?? stock.NewId(Kinds.Agents), before?.Text("createdAt"));
            AgentVersions.Configure(agent, given);
            if (before is null)
            {
                stock.Insert(Kinds.Agents, agent);
            }
            else
            {
                stock.Update(Kinds.Agents, agent);
            }

            AgentVersions.Add(stock, agent, origin: null);
            AgentVersions.Announce(stock, topic, agent);
            var answer = agent.DeepClone().AsObject();
            answer["note"] = Note;
            return Answer.Data(answer);
        }).ConfigureAwait(false);
    }

    private Task<Answer> VersionsAsync(ApiCall call) => places.Environment(call).ReadAsync(
        stock => Answer.List(stock.List(Kinds.AgentVersions, stock.Get(Kinds.Agents, call.Route("agentId")).Text("id"))));

    /// <summary>The agent becomes what an earlier version was; that is a new version again.</summary>
    private Task<Answer> RevertAsync(ApiCall call) => places.Environment(call).WriteAsync(stock =>
    {
        var agent = stock.Get(Kinds.Agents, call.Route("agentId"));
        var version = stock.Find(Kinds.AgentVersions, call.Route("agentVersionId"));
        if (version?.Text("agent_id") != agent.Text("id"))
        {
            throw ApiRefusal.NotFound(Kinds.AgentVersions.Noun, call.Route("agentVersionId"));
        }

        var reverted = AgentVersions.Head(stock, agent.Text("id")!, agent.Text("createdAt"));
        AgentVersions.Configure(reverted, version!);
        stock.Update(Kinds.Agents, reverted);
        var added = AgentVersions.Add(stock, reverted, (int)version!["version"]!);
        AgentVersions.Announce(stock, Topics.AgentUpdated, reverted);
        return Answer.Data(added);
    });

    private Task<Answer> DeleteAsync(ApiCall call) => places.Environment(call).WriteAsync(stock =>
    {
        var agent = stock.Get(Kinds.Agents, call.Route("agentId"));
        stock.Delete(Kinds.Agents, agent.Text("id")!);
        AgentVersions.Announce(stock, Topics.AgentDeleted, agent);
        return Answer.Success;
    });

    private Task<Answer> ReadAsync(ApiCall call, Func<JsonObject, Answer> answer) =>
        places.Environment(call).ReadAsync(stock => answer(stock.Get(Kinds.Agents, call.Route("agentId"))));

    private Task<Answer> NothingAsync(ApiCall call)
    {
        places.Environment(call);
        return Task.FromResult(Nothing(call));
    }

    private static Answer Nothing(ApiCall call) => Answer.List(Array.Empty<JsonNode>(), PageQuery.Read(call, DefaultPage), 0);

    private static Task<Answer> NoExport(ApiCall call) => throw ApiRefusal.NotFound("agent export", call.Route("agentExportId"));
}
