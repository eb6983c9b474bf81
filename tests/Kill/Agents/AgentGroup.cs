using Contracts.Agents;
using Contracts.Services;
using Contracts.Support;
using Kill.Platform;

namespace Kill.Agents;

/// <summary>The agents under test: one on SQLite, two on a PostgreSQL of their own.</summary>
internal sealed class AgentGroup(KillOptions options) : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly List<Victim> _victims = [];
    private PostgresCluster? _postgres;

    public IReadOnlyList<Victim> All => _victims;

    /// <summary>What all of them asked Flatfile for, in the order answered.</summary>
    public IReadOnlyList<PlatformCall> Calls => [.. _victims.SelectMany(v => v.Proxy.Calls).OrderBy(c => c.Answered)];

    /// <summary>Where each keeps what it must still know after it died.</summary>
    public IEnumerable<string> Folders => _victims.Select(v => Path.Combine(_folder.Path, v.Agent.Name));

    public string Errors => string.Join('\n', _victims.Select(v => v.Agent.Errors));

    public async Task StartAsync(SpacesServer spaces)
    {
        var store = new Dictionary<string, string>();
        if (options.Engine is not KillEngine.QuartzSqlite)
        {
            _postgres = await PostgresCluster.StartAsync();
            store["Agent__Store__Kind"] = "PostgreSql";
            store["Agent__Store__ConnectionString"] = _postgres.ConnectionString(await _postgres.CreateDatabaseAsync());
        }

        foreach (var name in options.Engine is KillEngine.QuartzSqlite ? (string[])["one"] : ["one", "two"])
        {
            AgentUnderTest? agent = null;
            var proxy = new RecordingProxy(spaces.Address, () => agent!.Incarnation);
            await proxy.StartAsync();
            agent = new AgentUnderTest(
                name, options.Fault is null ? BuiltPrograms.Host : BuiltPrograms.Faulty, EnvironmentOf(proxy, spaces, store), Directory.CreateDirectory(Path.Combine(_folder.Path, name)).FullName);
            _victims.Add(new Victim(agent, proxy));
            _victims[^1].Start();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var victim in _victims)
        {
            await victim.DisposeAsync();
        }

        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        _folder.Dispose();
    }

    private Dictionary<string, string> EnvironmentOf(RecordingProxy proxy, SpacesServer spaces, Dictionary<string, string> store)
    {
        var environment = new Dictionary<string, string>(store)
        {
            ["FLATFILE_API_URL"] = proxy.Address,
            ["FLATFILE_API_KEY"] = spaces.Key,
            ["Agent__Flatfile__ApiUrl"] = proxy.Address,
            ["Agent__Flatfile__ApiKey"] = spaces.Key,
            ["Agent__Driver"] = "SpacesStream",
            ["Agent__Engine"] = options.Engine is KillEngine.Hangfire ? "Hangfire" : "Quartz",

            // A job that is killed again and again on purpose is not to be given up for it.
            ["Agent__Jobs__MaxFatalAttempts"] = "40",
            ["SEEDED_FAULT"] = options.Fault ?? "none",
        };
        if (options.Plugins.Count > 0)
        {
            environment["Agent__PluginFolders__0"] = PluginFolder();
        }

        if (options.Lease is { } lease)
        {
            environment["Agent__Jobs__Lease"] = lease.ToString();
            environment["Agent__Jobs__ReconcileEvery"] = "00:00:02";
        }

        return environment;
    }

    private string PluginFolder()
    {
        var drop = Path.Combine(_folder.Path, "plugins");
        foreach (var plugin in options.Plugins)
        {
            var file = Path.Combine(Directory.CreateDirectory(Path.Combine(drop, plugin)).FullName, plugin + ".dll");
            File.Copy(Path.Combine(BuiltPrograms.Plugin(plugin), plugin + ".dll"), file, overwrite: true);
        }

        return drop;
    }
}
