using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Dispatch.Rules;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Jobs.Recurring;
using Flatfile.Agent.Core.Plugins;
using Flatfile.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Startup;

/// <summary>Says at start-up what runs: the way of an event, the plugins, who gets what.</summary>
internal sealed partial class StartReport(
    EventPipeline pipeline, DispatchRules rules, RecurringCatalog recurring, IEnumerable<IEventDriver> drivers, IEnumerable<IJobEngine> engines,
    IEnumerable<AbsentAdapter> absent, IOptions<AgentOptions> options, ILogger<StartReport> log)
{
    public void Print(HandlerCatalog catalog)
    {
        var agent = options.Value;
        Chosen(log, agent.Driver, agent.Engine, agent.DataFolder, SqliteLibrary.Use());
        CompiledIn(log, Names(drivers.Select(d => d.Name)), Names(engines.Select(e => e.Name)), Names(absent.Select(a => a.Name)));
        Way(log, pipeline.Order);
        foreach (var plugin in catalog.Plugins)
        {
            PluginAnnouncement.Make(log, plugin);
        }

        foreach (var binding in catalog.Bindings)
        {
            Bound(log, binding.Kind == HandlerKind.Job ? "job" : "event", binding.HandlerId, string.Join(", ", binding.Topics));
        }

        if (catalog.Bindings.Count == 0)
        {
            NothingBound(log);
        }

        foreach (var hint in catalog.Hints.Concat(rules.Unused(catalog)).Concat(recurring.Hints()))
        {
            Hint(log, hint);
        }
    }

    private static string Names(IEnumerable<string> names) =>
        string.Join(", ", names.Order(StringComparer.Ordinal)) is { Length: > 0 } list ? list : "none";
}
