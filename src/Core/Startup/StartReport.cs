using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Plugins;
using Flatfile.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Startup;

/// <summary>Says at start-up what runs: the way of an event, the plugins, who gets what.</summary>
internal sealed partial class StartReport(EventPipeline pipeline, IOptions<AgentOptions> options, ILogger<StartReport> log)
{
    public void Print(HandlerCatalog catalog)
    {
        var agent = options.Value;
        Chosen(log, agent.Driver, agent.Engine, agent.DataFolder, SqliteLibrary.Use());
        Way(log, pipeline.Order);
        foreach (var plugin in catalog.Plugins)
        {
            if (plugin.State == PluginState.Loaded)
            {
                Loaded(log, plugin.Name, plugin.Version ?? "without version", plugin.Handlers.Count(h => h is { Refused: null, SwitchedOff: false }));
            }
            else
            {
                Refused(log, plugin.Name, plugin.Reason ?? "no reason was given");
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
                Hint(log, $"Plugin {plugin.Name}: {warning}");
            }
        }

        foreach (var binding in catalog.Bindings)
        {
            Bound(log, binding.Kind == HandlerKind.Job ? "job" : "event", binding.HandlerId, string.Join(", ", binding.Topics));
        }

        if (catalog.Bindings.Count == 0)
        {
            NothingBound(log);
        }

        foreach (var hint in catalog.Hints)
        {
            Hint(log, hint);
        }
    }
}
