using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Jobs.Recurring;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>A plugin after its scan: what an operator sees of it, what it binds, and the classes it contributes.</summary>
/// <param name="Status">Loaded or refused.</param>
/// <param name="Bindings">Empty when refused.</param>
/// <param name="Types">Empty when refused.</param>
/// <param name="Live">Null when refused, and for an assembly of the host without services of its own.</param>
internal sealed record LoadedPlugin(PluginStatus Status, IReadOnlyList<HandlerBinding> Bindings, IReadOnlyList<Type> Types, LivePlugin? Live)
{
    /// <summary>Its recurring work; empty when refused.</summary>
    public IReadOnlyList<RecurringBinding> Recurring { get; init; } = [];

    /// <summary>Whether it runs.</summary>
    public bool Runs => Status.State == PluginState.Loaded;

    /// <summary>A plugin of which nothing runs.</summary>
    public static LoadedPlugin Refused(PluginStatus status, string reason) =>
        new(status with { State = PluginState.Refused, Reason = reason }, [], [], null);
}
