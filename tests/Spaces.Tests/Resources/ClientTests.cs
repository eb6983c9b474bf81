using Flatfile.Api;

namespace Flatfile.Spaces.Tests.Resources;

public class ClientTests(World world) : IClassFixture<World>
{
    private FlatfileClient Client => new(new FlatfileClientOptions { BaseAddress = world.Server.Address, Token = world.Server.Access.DevelopmentKey });

    [Fact]
    public async Task ActionsGoThroughTheTypedClient()
    {
        using var client = Client;
        var space = world.Fill("{space}");
        var one = await client.Actions.CreateAsync(space, new ApiActionConfig { TargetId = space, Label = "One", Operation = "one", Confirm = true });
        var more = await client.Actions.CreateAsync(space, [new ApiActionConfig { TargetId = space, Label = "Two" }]);
        var changed = await client.Actions.UpdateAsync(one.Id, new ActionUpdate { Label = "1" }.Clear("confirm"));

        Assert.Equal(("1", "one", null), (changed.Label, changed.Operation, changed.Confirm));
        Assert.Equal([one.Id, more[0].Id], (await client.Actions.ListAsync(space)).Select(action => action.Id));
        Assert.Equal("1", (await client.Actions.GetAsync(one.Id)).Label);
        await client.Actions.DeleteAsync(one.Id);
        await client.Actions.DeleteAsync(more[0].Id);
        Assert.Empty(await client.Actions.ListAsync(space));
    }

    [Fact]
    public async Task AgentsGoThroughTheTypedClient()
    {
        using var client = Client;
        var environment = world.Fill("{environment}");
        var agent = await client.Agents.CreateAsync(environment, new AgentConfig { Slug = "typed", Compiler = "js", Source = "a", Topics = ["job:ready"] });
        await client.Agents.CreateAsync(environment, new AgentConfig { Slug = "typed", Source = "b" });
        var versions = await client.Agents.ListVersionsAsync(agent.Id).ToListAsync();

        Assert.Equal([agent.Id, agent.Id], versions.Select(version => version.AgentId));
        Assert.Equal("a", (await client.Agents.RevertAsync(agent.Id, versions[0].Id)).Source);
        Assert.Equal("a", (await client.Agents.GetAsync(agent.Id)).Source);
        Assert.Equal(agent.Id, Assert.Single(await client.Agents.ListAsync(environment, search: "typed").ToListAsync()).Id);
        Assert.Empty(await client.Agents.ListLogsAsync(agent.Id, environment).ToListAsync());
        await client.Agents.DeleteAsync(agent.Id);
    }

    [Fact]
    public async Task AppsAndTheirConstraintsGoThroughTheTypedClient()
    {
        using var client = Client;
        var app = await client.Apps.CreateAsync(new AppConfig { Name = "Typed", Namespace = "t", Type = "CUSTOM", Icon = "i" });
        var constraint = await client.Apps.CreateConstraintAsync(app.Id, new AppConstraintConfig { Validator = "v", Function = "1" });
        await client.Apps.UpdateConstraintAsync(app.Id, constraint.Id, new AppConstraintConfig { Function = "2" });

        Assert.Null((await client.Apps.UpdateAsync(app.Id, new AppUpdate { Name = "T" }.Clear("icon"))).Icon);
        Assert.Equal("T", (await client.Apps.GetAsync(app.Id)).Name);
        Assert.Contains(app.Id, (await client.Apps.ListAsync().ToListAsync()).Select(one => one.Id));
        Assert.Equal("2", (await client.Apps.GetConstraintAsync(app.Id, constraint.Id)).Function);
        Assert.Equal([1, 2], (await client.Apps.ListConstraintVersionsAsync(app.Id, constraint.Id).ToListAsync()).Select(version => version.Version));
        Assert.Single(await client.Apps.ListConstraintsAsync(app.Id, includeBuiltins: true).ToListAsync());
        await client.Apps.DeleteConstraintAsync(app.Id, constraint.Id);
        await client.Apps.DeleteAsync(app.Id);
    }

    [Fact]
    public async Task PoliciesAndEntitlementsGoThroughTheTypedClient()
    {
        using var client = Client;
        var environment = world.Fill("{environment}");
        var policy = await client.DataRetentionPolicies.CreateAsync(new DataRetentionPolicyConfig { Type = "sinceCreated", Period = 9, EnvironmentId = environment });

        Assert.Equal(8, (await client.DataRetentionPolicies.UpdateAsync(policy.Id, new DataRetentionPolicyUpdate { Period = 8 })).Period);
        Assert.Equal("sinceCreated", (await client.DataRetentionPolicies.GetAsync(policy.Id)).Type);
        Assert.Contains(policy.Id, (await client.DataRetentionPolicies.ListAsync(environment).ToListAsync()).Select(one => one.Id));
        await client.DataRetentionPolicies.DeleteAsync(policy.Id);
        Assert.Empty(await client.Entitlements.ListAsync(world.Fill("{space}")).ToListAsync());
    }
}
