using System.Diagnostics.Metrics;
using System.Net;
using Contracts.Support;
using Core.Tests.Upkeep.Cleanup;
using Flatfile.Agent;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Flatfile.Agent.Core.Upkeep.Monitoring;
using Flatfile.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Core.Tests.Upkeep.Monitoring;

public sealed class MonitoringTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly StoredContext.Kept _kept = new();
    private readonly AgentOptions _options = new();
    private readonly ServiceProvider _meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private SqliteAgentDatabase _database = null!;
    private MonitoringGauges _gauges = null!;
    private CleanupWorld _world = null!;

    public async Task InitializeAsync()
    {
        _database = new SqliteAgentDatabase(_folder.Path);
        await _database.OpenAsync(CancellationToken.None);
        _gauges = new MonitoringGauges(_meters.GetRequiredService<IMeterFactory>());
        _world = await CleanupWorld.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        await _database.DisposeAsync();
        await _meters.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    [Trait("Row", "C-09")]
    public async Task A_space_that_cannot_be_measured_does_not_hide_the_others()
    {
        var spaces = new[] { await _world.AddAsync(1), await _world.AddAsync(2), await _world.AddAsync(3) };
        _world.Wire.Before = call => call == $"GET spaces/{spaces[1]}/usage" ? CleanupWorld.Answer(HttpStatusCode.InternalServerError, "{}") : null;

        var result = await RunAsync();

        Assert.Equal(2, (int)result.Details!["spaces"]!);
        Assert.Equal([spaces[0], spaces[2]], result.Details["largest"]!.AsArray().Select(s => s!["id"]!.ToString()).Order(StringComparer.Ordinal).OrderBy(s => Array.IndexOf(spaces, s)));
        Assert.Equal(spaces[1], Assert.Single(result.Details["unread"]!.AsArray())!["id"]!.ToString());
    }

    [Fact]
    public async Task A_threshold_that_is_passed_is_told_once_as_an_event_and_so_is_its_end()
    {
        var space = await _world.AddAsync(1);
        _options.Monitoring.MaxAge = TimeSpan.FromDays(39);
        _options.Monitoring.MaxStorageBytes = 1;
        await RunAsync();
        await RunAsync();
        Assert.Equal(["age", "storage"], await EventsAsync(space, MonitoringWork.RaisedTopic));
        Assert.Empty(await EventsAsync(space, MonitoringWork.ClearedTopic));

        // Nothing is known of it now: nothing is cleared.
        _world.Wire.Before = call => call == $"GET spaces/{space}/usage" ? CleanupWorld.Answer(HttpStatusCode.InternalServerError, "{}") : null;
        _options.Monitoring.MaxStorageBytes = null;
        await RunAsync();
        Assert.Empty(await EventsAsync(space, MonitoringWork.ClearedTopic));

        _world.Wire.Before = _ => null;
        await RunAsync();
        Assert.Equal(["storage"], await EventsAsync(space, MonitoringWork.ClearedTopic));
        Assert.Equal(["age", "storage"], await EventsAsync(space, MonitoringWork.RaisedTopic));
    }

    [Fact]
    public async Task The_agents_own_numbers_are_held_against_their_thresholds()
    {
        var letters = new StoredDeadLetters(_database, TimeProvider.System);
        for (var i = 0; i < 3; i++)
        {
            await letters.AddAsync(new DeadLetter(0, $"us_evt_{i}", "a:b", "h", "because", null, 1, "{}"u8.ToArray(), TimeProvider.System.GetUtcNow()), CancellationToken.None);
        }

        await _database.WriteAsync("runs", c =>
        {
            for (var i = 0; i < 20; i++)
            {
                c.Run($"INSERT INTO runs(ticket_id, attempt, started_at, ended_at, result) VALUES(@id, 1, 0, {_database.Now}, @result)", ("@id", $"t{i}"), ("@result", i < 5 ? "Failed" : "Completed"));
            }
        }, CancellationToken.None);
        _options.Monitoring.MaxDeadLetters = 2;

        var result = await RunAsync();

        Assert.Equal(["deadLetters", "errors"], result.Details!["alerts"]!.AsArray().Select(a => a!["kind"]!.ToString()));
        Assert.Equal((20, 5), ((long)result.Details["jobRuns"]!, (long)result.Details["failedJobRuns"]!));
        Assert.Equal(3, Measured("flatfile.agent.dead_letters"));
        Assert.Equal(25, Measured("flatfile.agent.job_errors"));
        Assert.Equal(2, Measured("flatfile.monitoring.alerts"));
    }

    [Fact]
    public async Task A_job_that_executes_and_shows_no_change_for_long_is_found()
    {
        var space = await _world.AddAsync(1);
        var job = await _world.Client.Jobs.CreateAsync(new JobConfig { Type = "space", Operation = "anything", Source = space, Trigger = "manual" });
        await _world.Client.Jobs.ExecuteAsync(job.Id);
        await _world.Client.Jobs.AckAsync(job.Id);

        var result = await RunAsync();

        Assert.Contains(job.Id, Assert.Single(result.Details!["alerts"]!.AsArray(), a => a!["kind"]!.ToString() == "jobs")!["text"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Measured("flatfile.spaces.stuck_jobs"));
    }

    private async Task<RecurringResult> RunAsync()
    {
        using var client = new FlatfileClient(new FlatfileClientOptions { BaseAddress = _world.Server.Address, Token = _world.Server.Key, MaxRetries = 0 }, _world.Wire);
        var agents = new AgentProbe(_database, new StoredDeadLetters(_database, TimeProvider.System));
        var work = new MonitoringWork(client, agents, _gauges, Microsoft.Extensions.Options.Options.Create(_options), TimeProvider.System);
        return await work.RunAsync(new StoredContext(_folder.Path, _kept, TimeProvider.System.GetUtcNow(), _ => Task.CompletedTask), CancellationToken.None);
    }

    private async Task<IReadOnlyList<string>> EventsAsync(string space, string topic)
    {
        var kinds = new List<string>();
        await foreach (var one in _world.Client.Events.ListAsync(space))
        {
            if (one.Topic == topic)
            {
                kinds.Add(one.Payload["kind"]!.ToString());
            }
        }

        return [.. kinds.Order(StringComparer.Ordinal)];
    }

    private static long Measured(string name)
    {
        var sum = 0L;
        using var listener = new MeterListener { InstrumentPublished = (instrument, l) => { if (instrument.Name == name) { l.EnableMeasurementEvents(instrument); } } };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => sum += value);
        listener.Start();
        listener.RecordObservableInstruments();
        return sum;
    }
}
