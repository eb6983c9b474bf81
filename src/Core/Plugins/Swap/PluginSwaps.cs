using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Plugins.Swap;

/// <summary>The plugins of an agent that runs: loads them, swaps one for a newer version, goes back to an earlier one.</summary>
/// <remarks>New events get what is in force by one replacement of the catalogue; what is at work stays with the version it began with.</remarks>
public sealed partial class PluginSwaps : IAsyncDisposable
{
    private readonly PluginOpener _opener;
    private readonly HandlerCatalogSource _source;
    private readonly PluginOptions _options;
    private readonly PluginWatchOptions _watch;
    private readonly TimeProvider _time;
    private readonly ILogger<PluginSwaps> _log;
    private readonly ShadowCopies _shadows;
    private readonly PluginMemoryFile _memory;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<PluginMemory> _gone = [];
    private volatile IReadOnlyList<PluginPlace> _places = [];
    private Task _ownRollbacks = Task.CompletedTask;

    internal PluginSwaps(
        PluginOpener opener, HandlerCatalogSource source, IOptions<PluginOptions> options, IOptions<AgentOptions> agent,
        TimeProvider time, ILogger<PluginSwaps> log)
    {
        _opener = opener;
        _source = source;
        _options = options.Value;
        _watch = agent.Value.PluginWatch;
        _time = time;
        _log = log;
        var folder = Path.Combine(agent.Value.DataFolder, "plugins");
        _shadows = new ShadowCopies(folder);
        _memory = new PluginMemoryFile(folder);
        Drain = new PluginDrain(_watch, time, log);
    }

    /// <summary>Ends when the plugins have been loaded for the first time.</summary>
    internal Task Started => _started.Task;

    internal PluginDrain Drain { get; }

    /// <summary>Every plugin, in order.</summary>
    public IReadOnlyList<PluginReport> List()
    {
        // What the catalogue says is what events meet; a place may be a step ahead of it for a moment.
        var places = _places;
        return [.. _source.Current.Plugins.Select(status =>
        {
            var place = places.FirstOrDefault(p => p.Name == status.Name && p.Candidate.Folder == status.Folder);
            var memory = status.State == PluginState.Loaded ? place?.Memory : null;
            return new PluginReport(
                status, memory?.Sha, memory?.Sha is null ? null : memory.Since, place?.Memory.Earlier ?? [], Drain.Of(status.Name), Drain.Unloading(status.Name));
        })];
    }

    /// <summary>Goes back to the version that was in force before. It stays, also over a restart, until the content of the plugin's folder changes.</summary>
    public Task<PluginSwapResult> RollbackAsync(string name, CancellationToken cancellationToken) =>
        AlterAsync(name, place => GoBackAsync(place, "It was rolled back by command.", cancellationToken), cancellationToken);

    /// <summary>Takes what lies in the plugin's folder now, also what was rolled back before.</summary>
    public Task<PluginSwapResult> ReloadAsync(string name, CancellationToken cancellationToken) =>
        AlterAsync(name, place => TakeInAsync(place, force: true, cancellationToken), cancellationToken);

    /// <summary>Loads all plugins for the first time.</summary>
    internal async Task<HandlerCatalog> StartAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _gone.AddRange(_memory.Read(out var damaged));
            if (damaged is not null)
            {
                MemoryDamaged(_log, damaged);
            }

            foreach (var candidate in PluginCandidate.All(_options))
            {
                var place = AddPlace(candidate);
                if (candidate.Folder is null)
                {
                    place.Loaded = await _opener.OpenAsync(candidate, null, cancellationToken).ConfigureAwait(false);
                }
                else if (!IsNameTaken(place))
                {
                    await TakeInAsync(place, force: false, cancellationToken).ConfigureAwait(false);
                }
            }

            for (var i = 0; i < _gone.Count; i++)
            {
                _gone[i] = _gone[i] with { GoneAt = _gone[i].GoneAt ?? _time.GetUtcNow() };
            }

            foreach (var forgotten in _gone.Where(m => _time.GetUtcNow() - m.GoneAt > _watch.JobPatience).ToList())
            {
                _gone.Remove(forgotten);
                _shadows.Prune(forgotten.Name, []);
            }

            foreach (var place in _places)
            {
                PruneCopies(place);
            }

            await SaveAsync(cancellationToken).ConfigureAwait(false);
            return Publish();
        }
        finally
        {
            _gate.Release();
            _started.TrySetResult();
        }
    }

    /// <summary>What the folder looked like when it was last tried; null when it never was, or was in motion then.</summary>
    internal string? Tried(string folder) => _places.FirstOrDefault(p => p.Candidate.Folder == folder)?.Tried;

    /// <summary>The folders of all places.</summary>
    internal IReadOnlyList<string> Folders => [.. _places.Select(p => p.Candidate.Folder).OfType<string>()];

    /// <summary>A folder is new, or its content is not what it was.</summary>
    internal async Task FolderChangedAsync(PluginCandidate candidate, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var place = _places.FirstOrDefault(p => p.Candidate.Folder == candidate.Folder) ?? AddPlace(candidate);
            if (!IsNameTaken(place))
            {
                await TakeInAsync(place, force: false, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A folder is gone: so is its plugin. Its jobs wait for it.</summary>
    internal async Task FolderGoneAsync(string folder, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_places.FirstOrDefault(p => p.Candidate.Folder == folder) is not { } place)
            {
                return;
            }

            var memory = place.Memory with { GoneAt = _time.GetUtcNow() };
            await SaveAsync(cancellationToken, place, memory).ConfigureAwait(false);
            if (memory.Sha is not null)
            {
                _gone.Add(memory);
            }

            _places = [.. _places.Where(p => p != place)];
            Publish();
            Gone(_log, place.Name, folder);
            Retire(place.Loaded, place.Memory);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Disposes what the plugins registered. What still drains is left to the end of the process.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ownRollbacks.ConfigureAwait(false);
        foreach (var place in _places)
        {
            try
            {
                if (place.Loaded.Live?.Services is { } services)
                {
                    await services.DisposeAsync().ConfigureAwait(false);
                }
            }
            catch (Exception fault)
            {
                NotDisposed(_log, fault, place.Name);
            }
        }
    }

    private PluginPlace AddPlace(PluginCandidate candidate)
    {
        var known = candidate.Folder is null || _places.Any(p => p.Name == candidate.Name) ? null : _gone.FirstOrDefault(m => m.Name == candidate.Name);
        var place = new PluginPlace(candidate, known ?? new PluginMemory { Name = candidate.Name });
        if (known is not null)
        {
            _gone.Remove(known);
        }

        var order = PluginCandidate.All(_options).Select(c => (c.Name, c.Folder)).ToList();
        _places = [.. _places.Append(place).OrderBy(p => order.IndexOf((p.Name, p.Candidate.Folder)))];
        return place;
    }

    private bool IsNameTaken(PluginPlace place)
    {
        if (_places.First(p => p.Name == place.Name) == place)
        {
            return false;
        }

        place.Loaded = LoadedPlugin.Refused(PluginOpener.Start(place.Candidate), place.Candidate.NameIsTaken);
        place.Tried = FolderContent.Signature(place.Candidate.Folder!);
        return true;
    }

    private async Task<PluginSwapResult> AlterAsync(string name, Func<PluginPlace, Task<PluginSwapResult>> alter, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var place = _places.FirstOrDefault(p => p.Name == name && p.Candidate.Folder is not null);
            return place is not null
                ? await alter(place).ConfigureAwait(false)
                : new PluginSwapResult(
                    PluginSwapOutcome.NotFound,
                    $"There is no plugin named '{name}' in a folder. There are: {string.Join(", ", _places.Where(p => p.Candidate.Folder is not null).Select(p => p.Name).DefaultIfEmpty("none"))}.");
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Puts a catalogue of everything that is in force now in force, in one assignment.</summary>
    private HandlerCatalog Publish()
    {
        var now = _time.GetUtcNow();
        var absent = _places.Where(p => !p.Loaded.Runs).Select(p => Absent(p.Memory, $"Plugin {p.Name} is refused: {p.Loaded.Status.Reason}", now, isRefused: true))
            .Concat(_gone.Select(m => Absent(m, $"Plugin {m.Name} was taken away at {m.GoneAt:u}.", m.GoneAt ?? now, isRefused: false)))
            .Where(a => a.Bindings.Count > 0);
        var catalog = CatalogAssembly.Assemble([.. _places.Select(p => p.Shown)], [.. _options.HandlersOff], [.. absent]);
        _source.Replace(catalog);
        return catalog;
    }

    private AbsentPlugin Absent(PluginMemory memory, string reason, DateTimeOffset since, bool isRefused) =>
        new(memory.Name, reason, isRefused, [.. memory.Handlers.Select(h => h.ToBinding(memory.Name))], since + _watch.JobPatience);

    private Task SaveAsync(CancellationToken cancellationToken, PluginPlace? altered = null, PluginMemory? memory = null) =>
        _memory.WriteAsync(_places.Select(p => p == altered ? memory! : p.Memory).Where(m => m.Sha is not null).Concat(_gone), cancellationToken);

    private void PruneCopies(PluginPlace place)
    {
        if (place.Candidate.Folder is not null && place.Memory.Sha is { } sha)
        {
            _shadows.Prune(place.Name, [sha, .. place.Memory.Earlier.Select(v => v.Sha), .. Drain.Of(place.Name).Select(d => d.Version.Sha)]);
        }
    }

    private void Retire(LoadedPlugin old, PluginMemory memory)
    {
        if (old.Live is { } live)
        {
            Drain.Begin(live, new PluginVersion(memory.Sha ?? new string('0', 64), memory.Version));
        }
    }
}
