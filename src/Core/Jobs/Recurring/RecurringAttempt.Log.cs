using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Jobs.Recurring;

internal sealed partial class RecurringAttempt
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Recurring work {Recurring}, slot {Slot}: {State}. {Outcome}")]
    private static partial void Ended(ILogger log, string recurring, DateTimeOffset slot, RecurringRunState state, string? outcome);

    [LoggerMessage(Level = LogLevel.Error, Message = "Recurring work {Recurring} failed in slot {Slot}")]
    private static partial void Failed(ILogger log, Exception fault, string recurring, DateTimeOffset slot);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Recurring work {Recurring}, slot {Slot}, was taken over by another agent; what this one did of it is not stored")]
    private static partial void TakenOver(ILogger log, string recurring, DateTimeOffset slot);

    [LoggerMessage(Level = LogLevel.Error, Message = "Recurring work {Recurring}, slot {Slot}, was told to end and goes on; it is left alone, and its calls to Flatfile are refused")]
    private static partial void Stuck(ILogger log, string recurring, DateTimeOffset slot);
}
