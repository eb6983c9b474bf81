using Contracts.Jobs;
using Contracts.Services;
using Contracts.Support;
using Jobs.Quartz.Tests.Support;

namespace Jobs.Quartz.Tests;

[Collection(PostgresCollection.Name)]
public sealed class ClusterTests(PostgresFixture fixture)
{
    private const string Schema = "flatfile_agent_quartz";

    [PostgresFact]
    public async Task Nodes_that_start_at_once_make_the_tables_together_and_each_has_a_name_of_its_own()
    {
        var database = await fixture.Cluster.CreateDatabaseAsync();
        await using var harness = new ClusterHarness(fixture.Cluster.ConnectionString(database));
        var nodes = Enumerable.Range(0, 3).Select(_ => harness.Node(new CallbackRunner())).ToList();

        await Task.WhenAll(nodes.Select(n => n.StartAsync()));

        await Signal.UntilAsync(
            async () => (long)(await fixture.Cluster.RunAsync(database, $"SELECT count(DISTINCT instance_name) FROM {Schema}.qrtz_scheduler_state"))! == 3, "three nodes to check in");
        Assert.Equal(0L, await fixture.Cluster.RunAsync(database, "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"));
        Assert.Equal("recurring,ticket", await fixture.Cluster.RunAsync(database, $"SELECT string_agg(job_class_name, ',' ORDER BY job_class_name) FROM {Schema}.qrtz_job_details"));
    }

    [PostgresFact]
    public async Task Another_node_takes_up_what_a_killed_one_ran_while_both_were_there()
    {
        var database = await fixture.Cluster.CreateDatabaseAsync();
        await using var harness = new ClusterHarness(fixture.Cluster.ConnectionString(database));
        await using var child = await ChildEngine.StartAsync(GetType().Assembly.Location, harness.ProgramArguments, ["tk_1"], runs: 1);
        var runner = new CallbackRunner();
        var node = harness.Node(runner);
        await node.StartAsync();

        await child.KillAsync();

        await Signal.UntilAsync(() => Task.FromResult(runner.Runs.Items.Count > 0), "the other node to run the ticket", TimeSpan.FromSeconds(40));
        Assert.Equal("tk_1", runner.Runs.Items[0]);
    }
}
