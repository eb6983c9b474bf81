using Flatfile.Agent.Core.Binding;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>A plugin after its scan: what an operator sees of it, what it binds, and the classes it contributes.</summary>
/// <param name="Status">Loaded or refused.</param>
/// <param name="Bindings">Empty when refused.</param>
/// <param name="Types">Empty when refused.</param>
/// <param name="Context">Held as long as the catalogue is: a context that is let go is unloaded under the feet of its handlers.</param>
internal sealed record LoadedPlugin(
    PluginStatus Status, IReadOnlyList<HandlerBinding> Bindings, IReadOnlyList<Type> Types, PluginLoadContext? Context)
{
    /// <summary>A plugin of which nothing runs.</summary>
    public static LoadedPlugin Refused(PluginStatus status, string reason) =>
        new(status with { State = PluginState.Refused, Reason = reason }, [], [], null);
}
