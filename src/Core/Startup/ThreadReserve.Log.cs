using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Startup;

internal sealed partial class ThreadReserve
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "All {Threads} threads of the pool are blocked and {Waiting} pieces of work wait; the pool may now have {Reserve}. "
        + "A handler blocks: look for .Result, .Wait() or long synchronous calls in the plugins and make them await")]
    private static partial void Starved(ILogger logger, int threads, long waiting, int reserve);
}
