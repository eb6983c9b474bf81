using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>Tells a log of one plugin: what was loaded, with the hash of everything in it, or why not.</summary>
internal static partial class PluginAnnouncement
{
    public static void Make(ILogger log, PluginStatus plugin)
    {
        if (plugin.State == PluginState.Loaded)
        {
            Loaded(log, plugin.Name, plugin.Version ?? "without version", plugin.Handlers.Count(h => h is { Refused: null, SwitchedOff: false }));
        }
        else
        {
            Refused(log, plugin.Name, plugin.Reason ?? "no reason was given");
        }

        foreach (var (file, sha) in plugin.Assemblies)
        {
            Assembly(log, plugin.Name, plugin.Version ?? "without version", file, sha);
        }

        foreach (var handler in plugin.Handlers.Where(h => h.Refused is not null))
        {
            HandlerRefused(log, handler.Id, handler.Refused!);
        }

        foreach (var handler in plugin.Handlers.Where(h => h.SwitchedOff))
        {
            SwitchedOff(log, handler.Id);
        }

        foreach (var warning in plugin.Warnings)
        {
            Hint(log, plugin.Name, warning);
        }

        if (plugin.Notice is { } notice)
        {
            Notice(log, plugin.Name, notice);
        }
    }
}
