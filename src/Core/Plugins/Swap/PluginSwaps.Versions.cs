namespace Flatfile.Agent.Core.Plugins.Swap;

/// <summary>The versions of one plugin: which comes into force, which is gone back to.</summary>
public sealed partial class PluginSwaps
{
    /// <summary>Takes what lies in a plugin's folder; what is not good leaves all as it was.</summary>
    private async Task<PluginSwapResult> TakeInAsync(PluginPlace place, bool force, CancellationToken cancellationToken)
    {
        var folder = place.Candidate.Folder!;
        var signature = FolderContent.Signature(folder);
        string sha;
        try
        {
            FolderCheck.RefuseWhenWorldWritable(folder);
            sha = await _shadows.TakeAsync(place.Name, folder, cancellationToken).ConfigureAwait(false);
        }
        catch (FolderMovingException moving)
        {
            // Not tried: the watcher comes back when the folder is still.
            return await RefuseAsync(place, PluginOpener.Start(place.Candidate), moving.Message, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            place.Tried = signature;
            return await RefuseAsync(place, PluginOpener.Start(place.Candidate), PluginFault.Describe(fault), cancellationToken).ConfigureAwait(false);
        }

        place.Tried = signature;
        place.FolderContent = sha;
        if (!force && sha == place.Memory.PassedOver)
        {
            return await StayWithEarlierAsync(place, cancellationToken).ConfigureAwait(false);
        }

        if (place.Loaded.Runs && sha == place.Memory.Sha)
        {
            place.Notice = null;
            place.Memory = place.Memory with { PassedOver = null, RolledBack = null };
            await SaveAsync(cancellationToken).ConfigureAwait(false);
            Publish();
            return new PluginSwapResult(PluginSwapOutcome.Unchanged, $"Plugin {place.Name} already runs what lies in its folder, {place.InForce}.");
        }

        var loaded = await _opener.OpenAsync(place.Candidate, _shadows.PathOf(place.Name, sha), cancellationToken).ConfigureAwait(false);
        if (!loaded.Runs)
        {
            return await RefuseAsync(place, loaded.Status, loaded.Status.Reason!, cancellationToken).ConfigureAwait(false);
        }

        var memory = place.Memory;
        var isSwap = memory.Sha is { } before && before != sha && _shadows.IsWhole(place.Name, before);
        var earlier = memory.Sha is { } last && last != sha ? memory.Earlier.Prepend(new PluginVersion(last, memory.Version)) : memory.Earlier;
        await PutAsync(place, loaded, memory with
        {
            Sha = sha,
            Earlier = [.. earlier.Where(v => v.Sha != sha).DistinctBy(v => v.Sha).Take(_watch.KeepVersions)],
            PassedOver = null,
            RolledBack = null,
        }, null, cancellationToken).ConfigureAwait(false);
        if (isSwap)
        {
            BeginProbation(place, loaded.Live!);
        }

        return new PluginSwapResult(PluginSwapOutcome.Swapped, $"Plugin {place.Name} runs {place.InForce}.");
    }

    /// <summary>The folder still holds what was rolled back from.</summary>
    private async Task<PluginSwapResult> StayWithEarlierAsync(PluginPlace place, CancellationToken cancellationToken)
    {
        if (place.Loaded.Runs)
        {
            return new PluginSwapResult(PluginSwapOutcome.Unchanged, place.Notice ?? $"Plugin {place.Name} runs {place.InForce}.");
        }

        if (await OpenCopyAsync(place, place.Memory.Sha, cancellationToken).ConfigureAwait(false) is { Runs: true } loaded)
        {
            await PutAsync(place, loaded, place.Memory, RolledBackNotice(loaded.Status.Version, place.Memory.RolledBack), cancellationToken).ConfigureAwait(false);
            return new PluginSwapResult(PluginSwapOutcome.Swapped, place.Notice!);
        }

        var reason = $"It was rolled back, and the copy of the version it was rolled back to is not good any more. {place.Memory.RolledBack} "
            + "Put a good version into the folder, or order a reload to take what lies there.";
        place.Loaded = LoadedPlugin.Refused(PluginOpener.Start(place.Candidate), reason);
        return new PluginSwapResult(PluginSwapOutcome.Refused, reason);
    }

    /// <summary>What lies in the folder is not good: what runs goes on, or what ran last is taken again.</summary>
    private async Task<PluginSwapResult> RefuseAsync(PluginPlace place, PluginStatus refused, string reason, CancellationToken cancellationToken)
    {
        if (!place.Loaded.Runs && await OpenCopyAsync(place, place.Memory.Sha, cancellationToken).ConfigureAwait(false) is { Runs: true } last)
        {
            await PutAsync(place, last, place.Memory, null, cancellationToken).ConfigureAwait(false);
        }

        if (place.Loaded.Runs)
        {
            var named = refused.Version is { } version ? $" ({version})" : string.Empty;
            place.Notice = $"Running {place.InForce}; what lies in its folder now{named} is refused: {reason}";
            if (_started.Task.IsCompleted)
            {
                KeptTheOld(_log, place.Name, place.Notice);
            }
        }
        else
        {
            place.Loaded = LoadedPlugin.Refused(refused, reason);
            if (_started.Task.IsCompleted)
            {
                PluginAnnouncement.Make(_log, place.Loaded.Status);
            }
        }

        Publish();
        return new PluginSwapResult(PluginSwapOutcome.Refused, place.Notice ?? $"Plugin {place.Name} is refused: {reason}");
    }

    private async Task<PluginSwapResult> GoBackAsync(PluginPlace place, string why, CancellationToken cancellationToken)
    {
        var from = place.Loaded.Runs ? place.InForce : "what lies in its folder";
        var refusals = new List<string>();
        foreach (var (version, index) in place.Memory.Earlier.Select((v, i) => (v, i)).ToList())
        {
            var loaded = await OpenCopyAsync(place, version.Sha, cancellationToken).ConfigureAwait(false);
            if (loaded is not { Runs: true })
            {
                refusals.Add($"{version}: {loaded?.Status.Reason ?? "its copy is damaged or gone."}");
                continue;
            }

            var reason = $"{why} It came from {from}.";
            var memory = place.Memory with
            {
                Sha = version.Sha,
                Earlier = [.. place.Memory.Earlier.Skip(index + 1)],
                PassedOver = place.FolderContent ?? place.Memory.Sha,
                RolledBack = reason,
            };
            await PutAsync(place, loaded, memory, RolledBackNotice(loaded.Status.Version, reason), cancellationToken).ConfigureAwait(false);
            return new PluginSwapResult(PluginSwapOutcome.Swapped, $"Plugin {place.Name}: {place.Notice}");
        }

        return refusals.Count == 0
            ? new PluginSwapResult(PluginSwapOutcome.NotFound, $"There is no earlier version of plugin {place.Name} to go back to; {_watch.KeepVersions} are kept from the first swap on.")
            : new PluginSwapResult(PluginSwapOutcome.Refused, $"No earlier version of plugin {place.Name} can be loaded. {string.Join(" ", refusals)}");
    }

    private static string RolledBackNotice(string? version, string? why) =>
        $"Running {version ?? "a version without number"} again; what lies in its folder is passed over until it changes. {why}";

    private async Task<LoadedPlugin?> OpenCopyAsync(PluginPlace place, string? sha, CancellationToken cancellationToken) =>
        sha is not null && _shadows.IsWhole(place.Name, sha)
            ? await _opener.OpenAsync(place.Candidate, _shadows.PathOf(place.Name, sha), cancellationToken).ConfigureAwait(false)
            : null;

    /// <summary>Puts a version in force; the one before finishes its work.</summary>
    private async Task PutAsync(PluginPlace place, LoadedPlugin loaded, PluginMemory memory, string? notice, CancellationToken cancellationToken)
    {
        var (old, oldMemory) = (place.Loaded, place.Memory);
        old.Live?.Calls.Watch(null);
        memory = memory with
        {
            Version = loaded.Status.Version,
            Since = memory.Sha == oldMemory.Sha && memory.Since != default ? memory.Since : _time.GetUtcNow(),
            GoneAt = null,
            Handlers = [.. loaded.Bindings.Select(RememberedHandler.Of)],
        };
        await SaveAsync(cancellationToken, place, memory).ConfigureAwait(false);
        place.Memory = memory;
        place.Loaded = loaded;
        place.Notice = notice;
        if (!_started.Task.IsCompleted)
        {
            return;
        }

        var catalog = Publish();
        PluginAnnouncement.Make(_log, catalog.Plugins.First(p => p.Name == place.Name && p.Folder == place.Candidate.Folder));
        Retire(old, oldMemory);
        PruneCopies(place);
    }

    /// <summary>A new version is on probation: one that fails too often is rolled back by itself.</summary>
    private void BeginProbation(PluginPlace place, LivePlugin live)
    {
        var (begun, name) = (_time.GetTimestamp(), place.Name);
        live.Calls.Watch((calls, failures) =>
        {
            if (_time.GetElapsedTime(begun) > _watch.ProbationTime)
            {
                live.Calls.Watch(null);
            }
            else if (calls >= _watch.MinEvents && failures * 100L > (long)_watch.FailureLimit * calls)
            {
                live.Calls.Watch(null);
                _ownRollbacks = Task.Run(() => GoBackByItselfAsync(name, live, calls, failures));
            }
        });
    }

    private async Task GoBackByItselfAsync(string name, LivePlugin live, int calls, int failures)
    {
        var why = $"{failures} of its {calls} calls failed (limit {_watch.FailureLimit} %), so it was rolled back by itself.";
        try
        {
            var result = await AlterAsync(
                name,
                place => place.Loaded.Live == live
                    ? GoBackAsync(place, why, CancellationToken.None)
                    : Task.FromResult(new PluginSwapResult(PluginSwapOutcome.Unchanged, "Another version is in force already.")),
                CancellationToken.None).ConfigureAwait(false);
            RolledBackByItself(_log, name, why, result.Message);
        }
        catch (Exception fault)
        {
            NotRolledBack(_log, fault, name, why);
        }
    }
}
