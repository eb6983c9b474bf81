using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Offline;

/// <summary>The log a handler writes to in a replay.</summary>
internal sealed class OfflineLog(OfflineWay way) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and < LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            way.Add(new OfflineStep.Logged(logLevel, formatter(state, exception) + (exception is null ? string.Empty : $" ({exception.GetType().Name}: {exception.Message})")));
        }
    }
}
