using System.Runtime.CompilerServices;
using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Dispatch.Rules;

/// <summary>How each handler is run: what it says of itself, and over it what the settings say.</summary>
internal sealed class DispatchRules(IOptions<AgentOptions> options)
{
    private readonly ConditionalWeakTable<HandlerBinding, DispatchRule> _merged = [];

    public DispatchRule Of(HandlerBinding binding) =>
        options.Value.Handlers.Count > 0 && options.Value.Handlers.TryGetValue(binding.HandlerId, out var settings)
            ? _merged.GetValue(binding, b => b.Dispatch.With(settings.ToRules()))
            : binding.Dispatch;

    /// <summary>Sentences on settings for handlers that are not there.</summary>
    public IEnumerable<string> Unused(HandlerCatalog catalog) =>
        from id in options.Value.Handlers.Keys
        where catalog.Find(id) is null
        select $"Agent:Handlers names '{id}', and no handler has that id: its settings change nothing.";
}
