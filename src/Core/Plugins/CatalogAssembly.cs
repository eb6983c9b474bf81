using System.IO.Enumeration;
using Flatfile.Agent.Core.Binding;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>Puts the plugins of one scan together into a catalogue; of two handlers with one id the second is refused, and what is switched off stays out.</summary>
internal static class CatalogAssembly
{
    public static HandlerCatalog Assemble(IReadOnlyList<LoadedPlugin> plugins, IReadOnlyList<string>? off = null, IReadOnlyList<AbsentPlugin>? absent = null)
    {
        var unused = new HashSet<string>(off ?? [], StringComparer.Ordinal);
        var taken = new Dictionary<string, HandlerBinding>(StringComparer.Ordinal);
        var bindings = new List<HandlerBinding>();
        var statuses = new List<PluginStatus>();
        foreach (var plugin in plugins)
        {
            var handlers = new List<HandlerStatus>();
            foreach (var binding in plugin.Bindings)
            {
                var switchedOff = (off ?? []).Where(pattern => FileSystemName.MatchesSimpleExpression(pattern, binding.HandlerId, ignoreCase: false)).ToList();
                unused.ExceptWith(switchedOff);
                string? refused = null;
                if (switchedOff.Count > 0)
                {
                    handlers.Add(new HandlerStatus(binding.HandlerId, binding.Kind, binding.Source, [.. binding.Topics], SwitchedOff: true));
                    continue;
                }

                if (taken.TryAdd(binding.HandlerId, binding))
                {
                    bindings.Add(binding);
                }
                else
                {
                    var first = taken[binding.HandlerId];
                    refused = $"Its id '{binding.HandlerId}' is already taken by {first.Source} of plugin {first.Plugin}. Ids must be unique: change one of the two.";
                }

                handlers.Add(new HandlerStatus(binding.HandlerId, binding.Kind, binding.Source, [.. binding.Topics], refused));
            }

            statuses.Add(plugin.Status with { Handlers = handlers });
        }

        bool IsOff(HandlerBinding binding) => (off ?? []).Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, binding.HandlerId, ignoreCase: false));
        absent = absent?.Select(a => a with { Bindings = [.. a.Bindings.Where(b => !IsOff(b))] }).ToList();
        return new HandlerCatalog(bindings, statuses, new PluginContributions(plugins), [.. unused.Select(NobodyHas)], absent)
        {
            Recurring = [.. plugins.SelectMany(p => p.Recurring)],
        };
    }

    private static string NobodyHas(string pattern) => $"Agent:HandlersOff names '{pattern}', and no handler has that id: it switches nothing off.";
}
