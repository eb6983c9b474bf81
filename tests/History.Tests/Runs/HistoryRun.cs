using Contracts.Agents;
using System.Diagnostics;
using Contracts.Support;
using Flatfile.Agent;
using Flatfile.Agent.Drivers.RabbitMq;
using History.Tests.Agents;
using History.Tests.Checking;
using History.Tests.Oracle;
using History.Tests.Plan;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace History.Tests.Runs;

/// <summary>Publishes a plan through RabbitMQ to two agents that share a store, kills them at random while they work, and writes down what came of it.</summary>
internal sealed class HistoryRun(Surroundings surroundings, string program, IReadOnlyDictionary<string, string> more, Random random) : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly List<AgentUnderTest> _agents = [];
    private string _database = "";

    /// <summary>How long nothing may happen before the history counts as ended, whatever is missing.</summary>
    public TimeSpan Stillness { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>The latest moment of a kill after the first effect of its chunk, in milliseconds.</summary>
    public int LatestKill { get; init; } = 1_500;

    public int Kills { get; private set; }

    public int DiedByThemselves => _agents.Sum(a => a.DiedByItself);

    public string Errors => string.Join('\n', _agents.Select(a => a.Errors));

    /// <param name="plan">What is published, a chunk at a time.</param>
    /// <param name="kills">Kills in all, spread over the chunks.</param>
    public async Task<HistoryRecord> RunAsync(HistoryPlan plan, int kills)
    {
        await using var oracle = await EffectOracle.StartAsync();
        _database = await surroundings.Postgres.CreateDatabaseAsync();
        var prefix = "history." + Guid.NewGuid().ToString("N")[..8];
        var expected = plan.Events.Sum(e => e.Handlers.Count());
        foreach (var name in (string[])["one", "two"])
        {
            var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, name)).FullName;
            _agents.Add(new AgentUnderTest(name, program, EnvironmentOf(oracle, prefix), folder));
            _agents[^1].Start();
        }

        await using var publishing = Publishing(prefix);
        var publisher = publishing.GetRequiredService<IEventPublisher>();
        for (var i = 0; i < plan.Chunks.Count; i++)
        {
            var before = oracle.Effects;
            await publisher.PublishAsync(plan.Chunks[i], CancellationToken.None);
            await Signal.UntilAsync(() => Task.FromResult(oracle.Effects > before || oracle.Effects == expected), "the first effect of a chunk", TimeSpan.FromSeconds(90));
            for (; Kills * plan.Chunks.Count < (i + 1) * kills; Kills++)
            {
                await AfterAsync(random.Next(20, LatestKill));
                await RestartAsync(_agents[random.Next(_agents.Count)]);
            }
        }

        await DrainAsync(oracle, expected, plan.Events.Count(e => e.GivenUpBy is not null));
        var letters = await DeadLettersAsync();
        foreach (var agent in _agents)
        {
            DiedUnasked(agent);
        }

        return new HistoryRecord(plan.Events, oracle.Calls, [.. _agents.SelectMany(a => a.Lives)], letters);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in _agents)
        {
            await agent.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>The moment of a kill is the one thing here that is a time and not a signal.</summary>
    private static async Task AfterAsync(int milliseconds)
    {
        using var moment = new CancellationTokenSource(milliseconds);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = moment.Token.Register(ended.SetResult);
        await ended.Task;
    }

    private static async Task RestartAsync(AgentUnderTest agent)
    {
        await agent.KillAsync();
        agent.Start();
    }

    private static void DiedUnasked(AgentUnderTest agent)
    {
        if (agent.HasExited)
        {
            throw new InvalidOperationException("An agent ended that nobody ended:\n" + agent.Errors);
        }
    }

    /// <summary>Until everything expected is there, or nothing has come for a while. Agents that died by themselves are started again, as a supervisor does.</summary>
    private async Task DrainAsync(EffectOracle oracle, int expected, int expectedLetters)
    {
        var last = (Effects: -1, Letters: -1);
        var still = Stopwatch.StartNew();
        while (still.Elapsed < Stillness)
        {
            foreach (var dead in _agents.Where(a => a.HasExited))
            {
                await RestartAsync(dead);
            }

            var now = (oracle.Effects, (await DeadLettersAsync()).Count);
            if (now.Effects >= expected && now.Count >= expectedLetters)
            {
                break;
            }

            if (now != last)
            {
                last = now;
                still.Restart();
            }

            await AfterAsync(200);
        }

        // Doubles may still be on their way: what comes late must show as well.
        var calls = -1;
        while (calls != oracle.Calls.Count)
        {
            calls = oracle.Calls.Count;
            await AfterAsync(3_000);
        }
    }

    private async Task<IReadOnlyList<GivenUp>> DeadLettersAsync()
    {
        await using var connection = new NpgsqlConnection(surroundings.Postgres.ConnectionString(_database));
        await connection.OpenAsync();
        var letters = new List<GivenUp>();
        try
        {
            await using var command = new NpgsqlCommand("SELECT event_id, handler_id FROM flatfile_agent.dead_letters", connection);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                letters.Add(new GivenUp(await reader.IsDBNullAsync(0) ? "" : reader.GetString(0), await reader.IsDBNullAsync(1) ? "" : reader.GetString(1)));
            }
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // No agent has come so far as to make its tables.
        }

        return letters;
    }

    private Dictionary<string, string> EnvironmentOf(EffectOracle oracle, string prefix) => new(more)
    {
        ["HISTORY_ORACLE"] = oracle.Address,
        ["FLATFILE_API_URL"] = oracle.Address,
        ["FLATFILE_API_KEY"] = "sk_history",
        ["Agent__Flatfile__ApiUrl"] = oracle.Address,
        ["Agent__Flatfile__ApiKey"] = "sk_history",
        ["Agent__Driver"] = "RabbitMq",
        ["Agent__Engine"] = "Quartz",
        ["Agent__RabbitMq__Uri"] = surroundings.Broker.AmqpUri.AbsoluteUri,
        ["Agent__RabbitMq__Prefix"] = prefix,
        ["Agent__Store__Kind"] = "PostgreSql",
        ["Agent__Store__ConnectionString"] = surroundings.Postgres.ConnectionString(_database),
        ["Agent__PluginFolders__0"] = PluginFolder(),
        ["Agent__HandlersOff__0"] = "flatfile/*",
        ["Agent__Events__FirstDelay"] = "00:00:00.020",
        ["Agent__Events__MaxDelay"] = "00:00:00.200",
    };

    private string PluginFolder()
    {
        var plugins = Path.Combine(_folder.Path, "plugins");
        var own = Directory.CreateDirectory(Path.Combine(plugins, "History")).FullName;
        foreach (var file in Directory.EnumerateFiles(BuiltPrograms.Plugin))
        {
            File.Copy(file, Path.Combine(own, Path.GetFileName(file)), overwrite: true);
        }

        return plugins;
    }

    private ServiceProvider Publishing(string prefix)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Agent:RabbitMq:Uri"] = surroundings.Broker.AmqpUri.AbsoluteUri,
            ["Agent:RabbitMq:Prefix"] = prefix,
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new ServiceCollection().AddLogging().AddSingleton<IBoundTopics, AllTopics>().AddRabbitMqDriver(configuration).BuildServiceProvider();
    }

    /// <summary>Nothing is left at the bus.</summary>
    private sealed class AllTopics : IBoundTopics
    {
        public IReadOnlyCollection<string>? Topics => null;
    }
}
