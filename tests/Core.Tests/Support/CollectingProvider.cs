using Microsoft.Extensions.Logging;

namespace Core.Tests.Support;

/// <summary>Sends every category's lines to one collection.</summary>
internal sealed class CollectingProvider<T>(CollectingLog<T> log) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => log;

    public void Dispose()
    {
    }
}
