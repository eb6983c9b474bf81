using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Plugins.Swap;

internal sealed partial class PluginWatcher
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The folders of the plugins could not be looked at; it is done again in a while")]
    private static partial void Faulted(ILogger logger, Exception fault);
}
