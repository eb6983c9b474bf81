using Flatfile.Agent.Core.Binding;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>A plugin that is known from before but does not run: refused, or its folder is gone.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reason">A sentence that begins with its name.</param>
/// <param name="IsRefused">True when it is refused, so that its events are kept; those of one that was taken away are nobody's.</param>
/// <param name="Bindings">The handlers of its last good load; they match but cannot be made.</param>
/// <param name="JobsWaitUntil">Its jobs wait for it until then, and are failed after.</param>
internal sealed record AbsentPlugin(string Name, string Reason, bool IsRefused, IReadOnlyList<HandlerBinding> Bindings, DateTimeOffset JobsWaitUntil);
