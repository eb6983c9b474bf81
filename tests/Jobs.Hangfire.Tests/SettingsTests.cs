using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Jobs.Hangfire;
using Microsoft.Extensions.Options;

namespace Jobs.Hangfire.Tests;

public sealed class SettingsTests
{
    private const string Address = "Host=db.example.com;Username=agent;Password=secret";

    [Fact]
    public void The_store_of_the_agent_is_used_in_a_schema_beside_it()
    {
        var place = Place("PostgreSql", new HangfireOptions());

        Assert.Empty(place.Faults());
        Assert.Equal("flatfile_agent_hangfire", place.Schema);
        Assert.Contains("db.example.com", place.ConnectionString, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_of_one_agent_alone_does_not_go_with_it() =>
        Assert.Contains("Set Agent:Store:Kind to PostgreSql", Assert.Single(Place("Sqlite", new HangfireOptions()).Faults()), StringComparison.Ordinal);

    [Fact]
    public void Every_wrong_setting_is_told_without_the_password()
    {
        var faults = Place("PostgreSql", new HangfireOptions { ConnectionString = "Password=secret;Nonsense", Schema = "Own Schema" }).Faults().ToList();

        Assert.Equal(2, faults.Count);
        Assert.DoesNotContain(faults, f => f.Contains("secret", StringComparison.Ordinal));
    }

    private static HangfirePlace Place(string kind, HangfireOptions hangfire)
    {
        var agent = new AgentOptions();
        agent.Store.Kind = kind;
        agent.Store.ConnectionString = Address;
        return new HangfirePlace(Options.Create(agent), Options.Create(hangfire));
    }
}
