using System.Collections.Concurrent;
using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent.Core.Plugins;
using Flatfile.Agent.Core.Plugins.Swap;
using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Core.Tests.Plugins.Swap;

/// <summary>A world whose agent has the plugin Shifting in a watched folder; the plugin tells here what it does, and waits where a test holds it.</summary>
internal sealed class SwapWorld : IAsyncDisposable
{
    public const string Name = "Shifting";

    private readonly ConcurrentDictionary<string, Signal> _held = new(StringComparer.Ordinal);

    public World World { get; private init; } = null!;

    public PluginsFolder Plugins { get; } = new();

    /// <summary>What the plugin said: <c>hello from 1: us_evt_1</c>, <c>visited …</c>, <c>disposed 1</c>.</summary>
    public Arrivals<string> Told { get; } = new("sentences of the plugin");

    /// <summary>What came to a hold.</summary>
    public Arrivals<string> Waiting { get; } = new("handlers that wait");

    /// <summary>Said by the plugin before it goes on; a fault fails the handler.</summary>
    public Func<string, Exception?> Fault { get; set; } = _ => null;

    /// <summary>The plugin's section.</summary>
    public Dictionary<string, string?> Settings { get; } = [];

    /// <summary>The sentences about events, without those about what was disposed.</summary>
    public IReadOnlyList<string> Handled => [.. Told.Items.Where(t => t.Contains(": ", StringComparison.Ordinal))];

    /// <summary>Waits until so many events were handled.</summary>
    public Task HandledAsync(int count) => Signal.UntilAsync(() => Task.FromResult(Handled.Count >= count), $"{count} handled events");

    public static async Task<SwapWorld> CreateAsync() => new() { World = await World.CreateAsync() };

    /// <summary>Puts version 1 or 2 into the plugin's folder.</summary>
    public string Install(int version) => Plugins.Put(version == 1 ? "Shifting" : "ShiftingNext", Name);

    /// <summary>Whoever says this waits until it is released.</summary>
    public Signal Hold(string said) => _held.GetOrAdd(said, s => new Signal($"the release of {s}"));

    public Task<AgentProcess> StartAsync(Action<AgentOptions>? configure = null) => AgentProcess.StartAsync(
        World,
        configure: o =>
        {
            o.PluginFolders.Add(Plugins.Path);
            o.PluginWatch.Interval = TimeSpan.FromMilliseconds(50);
            o.PluginWatch.Quiet = TimeSpan.FromMilliseconds(150);
            configure?.Invoke(o);
        },
        services: s =>
        {
            s.AddSingleton<Action<string>>(Told.Add);
            s.AddSingleton<Func<string, Task>>(WaitAsync);
            s.AddPlugins(o => o.Settings = new ConfigurationBuilder().AddInMemoryCollection(
                Settings.Select(v => new KeyValuePair<string, string?>($"{Name}:{v.Key}", v.Value))).Build());
        });

    public static PluginReport Report(AgentProcess process) => process.Get<PluginSwaps>().List().Single(p => p.Status.Name == Name);

    /// <summary>Waits until the watcher has put a version in force.</summary>
    public static Task InForceAsync(AgentProcess process, string version) => Signal.UntilAsync(
        () => Task.FromResult(process.Get<PluginSwaps>().List() is [{ Status: { State: PluginState.Loaded } status }] && status.Version == version), $"{version} to be in force");

    /// <summary>Waits until the plugin's status says something.</summary>
    public static Task NoticeAsync(AgentProcess process, string text) => Signal.UntilAsync(
        () => Task.FromResult(process.Get<PluginSwaps>().List() is [{ Status.Notice: { } notice }] && notice.Contains(text, StringComparison.Ordinal)), $"the notice '{text}'");

    public async ValueTask DisposeAsync()
    {
        foreach (var signal in _held.Values)
        {
            signal.Set();
        }

        await World.DisposeAsync();
        Plugins.Dispose();
    }

    private async Task WaitAsync(string said)
    {
        if (Fault(said) is { } fault)
        {
            throw fault;
        }

        if (_held.TryGetValue(said, out var hold))
        {
            Waiting.Add(said);
            await hold.Task;
        }
    }
}
