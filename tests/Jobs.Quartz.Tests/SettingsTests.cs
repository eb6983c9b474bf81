using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Jobs.Quartz;
using Flatfile.Agent.Jobs.Quartz.Stores;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Jobs.Quartz.Tests;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("Sqlite", "", typeof(SqliteStore))]
    [InlineData("PostgreSql", "", typeof(PostgresStore))]
    [InlineData("PostgreSql", "sqlite", typeof(SqliteStore))]
    public void Without_a_setting_of_its_own_it_follows_the_store_of_the_agent(string store, string kind, Type expected)
    {
        using var folder = new Contracts.Support.TestFolder();
        var place = Place(store, new QuartzOptions { Kind = kind }, folder.Path);

        Assert.Empty(place.Faults());
        Assert.IsType(expected, place.Store(NullLogger.Instance));
    }

    [Fact]
    public void A_cluster_does_not_go_with_a_store_of_one_agent_alone() =>
        Assert.Contains("Set Agent:Store:Kind to PostgreSql too", Assert.Single(Place("Sqlite", new QuartzOptions { Kind = "PostgreSql" }).Faults()), StringComparison.Ordinal);

    [Fact]
    public void Every_wrong_setting_is_told_without_the_password()
    {
        var faults = Place("PostgreSql", new QuartzOptions { ConnectionString = "Password=secret;Nonsense", Schema = "own-schema" }).Faults().ToList();

        Assert.Equal(2, faults.Count);
        Assert.DoesNotContain(faults, f => f.Contains("secret", StringComparison.Ordinal));
        Assert.Contains("Agent:Quartz:Kind is 'Oracle'", Assert.Single(Place("Sqlite", new QuartzOptions { Kind = "Oracle" }).Faults()), StringComparison.Ordinal);
    }

    private static QuartzPlace Place(string store, QuartzOptions quartz, string folder = "data")
    {
        var agent = new AgentOptions { DataFolder = folder };
        agent.Store.Kind = store;
        agent.Store.ConnectionString = "Host=db.example.com;Username=agent;Password=secret";
        return new QuartzPlace(Options.Create(agent), Options.Create(quartz));
    }
}
