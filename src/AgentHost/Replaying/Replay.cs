using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Plugins;
using Flatfile.Agent.Core.Recording;
using Flatfile.Agent.Core.Offline;
using Flatfile.Agent.Host.Commands;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Output;
using Flatfile.Agent.Host.Wiring;

namespace Flatfile.Agent.Host.Replaying;

/// <summary>Reads a recording, finds its handler among the plugins at hand, and runs it offline.</summary>
internal static class Replay
{
    public static async Task<int> RunAsync(HostSettings settings, string file, string? plugins, string? handlerId, bool json, CancellationToken stop)
    {
        var run = await ReadAsync(file, stop);
        var folder = plugins is null ? null : Folder(plugins);
        var view = json ? null : new ReplayView(Screen.Out());
        var replay = new OfflineReplay(run, view is null ? null : view.Show);
        await using var agent = await LocalAgent.LoadAsync(settings, folder, replay.AddTo, stop);
        var binding = Find(agent.Catalog, handlerId ?? run.Facts.HandlerId);
        if ((binding.Kind == HandlerKind.Job) != (run.Facts.JobId is not null))
        {
            throw new UserFault(
                $"'{binding.HandlerId}' is {(binding.Kind == HandlerKind.Job ? "a job handler" : "an event handler")}, and the recording is of {(run.Facts.JobId is null ? "an event handler" : "a job handler")}.",
                "The two are given different things.", "Name another handler with --handler ID.");
        }

        view?.Begin(run, binding, agent.Catalog.VersionOf(binding.HandlerId));
        var report = await replay.RunAsync(agent.Services, agent.Catalog, binding, stop);
        view?.End(run, report);
        if (json)
        {
            Console.Out.WriteLine(ReplayJson.Of(run, report));
        }

        return report.EndedWell ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static HandlerBinding Find(HandlerCatalog catalog, string id)
    {
        if (catalog.Find(id) is { } binding)
        {
            return binding;
        }

        var refused = catalog.Plugins.Where(p => p.State == PluginState.Refused).Select(p => $"{p.Name} was refused: {p.Reason}").ToList();
        throw new UserFault(
            $"There is no handler '{id}' here.{(NearestText.Of(id, catalog.Bindings.Select(b => b.HandlerId)) is { } nearest ? $" The nearest is '{nearest}'." : "")}",
            refused.Count > 0 ? string.Join('\n', refused) : "None of the plugins at hand has it: " + string.Join(", ", catalog.Plugins.Select(p => p.Name)) + ".",
            "Give the folder that holds its plugin's folder with --plugins DIR, or name another handler with --handler ID.");
    }

    /// <summary>A folder of plugins holds a folder for each; the plugin's own folder is a likely mistake.</summary>
    private static string Folder(string given)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(given));
        if (!Directory.Exists(folder))
        {
            throw new UserFault($"There is no folder {folder}.", "--plugins names the folder that holds a folder for each plugin.", "Check the name.");
        }

        return File.Exists(Path.Combine(folder, Path.GetFileName(folder) + ".dll"))
            ? throw new UserFault($"{folder} is a plugin's own folder.", "--plugins names the folder that holds a folder for each plugin.", $"Give {Path.GetDirectoryName(folder)}.")
            : folder;
    }

    private static async Task<RecordedRun> ReadAsync(string file, CancellationToken stop)
    {
        try
        {
            return await RecordedRun.ReadAsync(file, stop);
        }
        catch (UnreadableRecordingException fault)
        {
            throw new UserFault($"{file} is not a recording.", fault.Message, "Give a file that ./agent record saved.", inner: fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserFault($"{file} cannot be read.", fault.Message, "Check the name.", inner: fault);
        }
    }
}
