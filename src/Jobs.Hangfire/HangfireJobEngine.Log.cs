using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Jobs.Hangfire;

internal sealed partial class HangfireJobEngine
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Running jobs by Hangfire, at most {Limit} at a time, with those who share schema {Schema}")]
    private static partial void Started(ILogger logger, int limit, string schema);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A run did not end within {Patience} of being told; Hangfire is left as it is, and another node takes the run over when its lease has run out")]
    private static partial void NotEnded(ILogger logger, TimeSpan patience);
}
