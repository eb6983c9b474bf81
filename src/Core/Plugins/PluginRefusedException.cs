namespace Flatfile.Agent.Core.Plugins;

/// <summary>A plugin that cannot be loaded; the message is the reason an operator reads: what, why, what to do.</summary>
internal sealed class PluginRefusedException(string reason, Exception? inner = null) : Exception(reason, inner);
