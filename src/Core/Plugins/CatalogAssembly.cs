using Flatfile.Agent.Core.Binding;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>Puts the plugins of one scan together into a catalogue; of two handlers with one id the second is refused.</summary>
internal static class CatalogAssembly
{
    public static HandlerCatalog Assemble(IReadOnlyList<LoadedPlugin> plugins)
    {
        var taken = new Dictionary<string, HandlerBinding>(StringComparer.Ordinal);
        var bindings = new List<HandlerBinding>();
        var statuses = new List<PluginStatus>();
        foreach (var plugin in plugins)
        {
            var handlers = new List<HandlerStatus>();
            foreach (var binding in plugin.Bindings)
            {
                string? refused = null;
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

        return new HandlerCatalog(bindings, statuses, new PluginContributions(plugins));
    }
}
