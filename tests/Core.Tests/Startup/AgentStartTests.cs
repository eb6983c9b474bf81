using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent.Core.Drivers.InProcess;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Core.Tests.Startup;

public sealed class AgentStartTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly CollectingLog<AgentStartTests> _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_unknown_driver_is_named_beside_the_known_ones()
    {
        var fault = await StartAsync(o => o.Driver = "rabitmq");

        Assert.Equal("No driver named 'rabitmq'. Known: InProcess, None, Polling, SpacesStream, Webhook. Set Agent:Driver.", Assert.Single(fault.Faults));
    }

    [Fact]
    public async Task An_unknown_engine_is_named_beside_the_known_ones()
    {
        var fault = await StartAsync(o => o.Engine = "Hangfire");

        Assert.Equal("No engine named 'Hangfire'. Known: Task. Set Agent:Engine.", Assert.Single(fault.Faults));
    }

    [Theory]
    [InlineData("Mongo", "Agent:Store:Kind is 'Mongo'. Set it to Sqlite, or to PostgreSql for a store that several agents share.")]
    [InlineData("PostgreSql", "Agent:Store:Kind is 'PostgreSql', but this host has no such store. Add it to the services by AddPostgresStore(), or set Agent:Store:Kind to Sqlite.")]
    public async Task A_store_that_is_not_there_is_said(string kind, string expected)
    {
        var fault = await StartAsync(o => o.Store.Kind = kind);

        Assert.Equal(expected, Assert.Single(fault.Faults));
    }

    [Fact]
    public async Task A_driver_this_build_was_made_without_is_told_how_to_get()
    {
        using var host = Builder(o => o.Driver = "azureServiceBus", withFeed: true, absent: new AbsentAdapter(AbsentAdapter.Driver, "AzureServiceBus", "Run ./agent adapters.")).Build();

        var fault = await Assert.ThrowsAsync<AgentStartException>(() => host.StartAsync());

        Assert.Equal("The driver AzureServiceBus is not compiled into this build. Run ./agent adapters.", Assert.Single(fault.Faults));
    }

    [Fact]
    public async Task It_says_which_drivers_are_compiled_in_and_which_are_not()
    {
        using var host = Builder(_ => { }, withFeed: true, absent: new AbsentAdapter(AbsentAdapter.Driver, "AzureServiceBus", "Run ./agent adapters.")).Build();

        await host.StartAsync();
        await host.StopAsync();

        Assert.Contains(_log.Lines, l => l.Text == "Compiled in: drivers InProcess, None, Polling, SpacesStream, Webhook; engines Task. Not compiled in: AzureServiceBus");
    }

    [Fact]
    public async Task Everything_wrong_is_said_at_once()
    {
        var fault = await StartAsync(o =>
        {
            o.Driver = "Polling";
            o.Engine = "Quarz";
            o.DataFolder = " ";
            o.MaxConcurrency = 0;
            o.Jobs.Lease = TimeSpan.Zero;
            o.ShutdownGrace = TimeSpan.FromSeconds(-1);
            o.Flatfile.ApiUrl = "flatfile";
        });

        Assert.Equal(
            [
                "No engine named 'Quarz'. Known: Task. Set Agent:Engine.",
                "Agent:Flatfile:ApiUrl is 'flatfile', which is no http or https address. Set it to one such as https://platform.flatfile.com/api.",
                "Agent:Flatfile:ApiKey is not set. Set it, or FLATFILE_API_KEY, to a secret key of the environment.",
                "Agent:MaxConcurrency is 0. Set it to 1 or more.",
                "Agent:Jobs:Lease is 00:00:00. Set it to more than zero, such as 00:00:10.",
                "Agent:ShutdownGrace is -00:00:01. Set it to zero or more, such as 00:00:20.",
                "Agent:DataFolder is empty. Set it to a folder this process may write, such as data.",
            ],
            fault.Faults);
        Assert.All(fault.Faults, f => Assert.Contains(f, fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_in_process_driver_without_a_feed_says_what_to_do()
    {
        var fault = await StartAsync(_ => { }, withFeed: false);

        Assert.Contains("Set Agent:Driver to Polling", Assert.Single(fault.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_come_from_the_section_Agent()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Agent:Driver"] = "Polling",
            ["Agent:MaxConcurrentJobs"] = "7",
            ["Agent:ShutdownGrace"] = "00:00:03",
            ["Agent:PluginFolders:0"] = "plugins",
            ["Agent:Jobs:MaxAttempts"] = "2",
            ["Agent:Flatfile:ApiUrl"] = "http://127.0.0.1:9700",
            ["Agent:Polling:Overlap"] = "00:00:30",
        }).Build();
        using var services = new ServiceCollection().AddAgent(configuration, o => o.Engine = "Task").BuildServiceProvider();
        var agent = services.GetRequiredService<IOptions<AgentOptions>>().Value;

        Assert.Equal("Polling", agent.Driver);
        Assert.Equal("Task", agent.Engine);
        Assert.Equal(7, agent.MaxConcurrentJobs);
        Assert.Equal(TimeSpan.FromSeconds(3), agent.ShutdownGrace);
        Assert.Equal(["plugins"], agent.PluginFolders);
        Assert.Equal(2, agent.Jobs.MaxAttempts);
        Assert.Equal("http://127.0.0.1:9700", agent.Flatfile.ApiUrl);
        Assert.Equal(TimeSpan.FromSeconds(30), agent.Polling.Overlap);
    }

    [Fact]
    public void The_host_gives_the_agent_more_time_to_stop_than_the_grace()
    {
        using var services = new ServiceCollection().AddAgent(o => o.ShutdownGrace = TimeSpan.FromMinutes(2)).BuildServiceProvider();

        Assert.True(services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout > TimeSpan.FromMinutes(2));
    }

    [Fact]
    [Trait("Row", "F-28")]
    public async Task A_driver_that_fails_is_started_again_and_the_host_lives()
    {
        var flaky = new FlakyDriver();
        var builder = Builder(o => o.Driver = "Flaky", withFeed: false);
        builder.Services.AddSingleton<Flatfile.Agent.IEventDriver>(flaky);
        using var host = builder.Build();
        await host.StartAsync();
        await flaky.Starts.WaitForAsync(2);

        Assert.False(host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
        Assert.Contains(_log.Lines, l => l.Text == "The driver Flaky failed; it is started again");
        await host.StopAsync();
    }

    private async Task<AgentStartException> StartAsync(Action<AgentOptions> configure, bool withFeed = true)
    {
        using var host = Builder(configure, withFeed).Build();
        return await Assert.ThrowsAsync<AgentStartException>(() => host.StartAsync());
    }

    private HostApplicationBuilder Builder(Action<AgentOptions> configure, bool withFeed, AbsentAdapter? absent = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        if (absent is not null)
        {
            builder.Services.AddSingleton(absent);
        }

        builder.Logging.AddProvider(new CollectingProvider<AgentStartTests>(_log));
        builder.Services.AddSingleton<IJobEngine, TaskEngine>();
        if (withFeed)
        {
            builder.Services.AddSingleton<IEventFeed>(new MemoryFeed());
        }

        builder.Services.AddAgent(o =>
        {
            o.Engine = "Task";
            o.DataFolder = _folder.Path;
            o.Flatfile.ApiUrl = "http://127.0.0.1:9";
            configure(o);
        });
        return builder;
    }

    private sealed class FlakyDriver : Flatfile.Agent.IEventDriver
    {
        public Arrivals<int> Starts { get; } = new("starts of the driver");

        public string Name => "Flaky";

        public Task ReceiveAsync(Func<Flatfile.Agent.EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken)
        {
            Starts.Add(1);
            return Starts.Items.Count == 1 ? throw new InvalidOperationException("no broker") : Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }
}
