using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Drivers.AzureServiceBus.Rules;

internal sealed partial class TopicRules
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The rules of {Place} let {What} through: {Added} added, {Removed} removed")]
    private static partial void Applied(ILogger logger, string place, string what, int added, int removed);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The rules of {Place} could not be set, so events of newly bound topics may not come; trying again. Set Agent:AzureServiceBus:PushDownTopics to false to keep the rules yourself")]
    private static partial void NotApplied(ILogger logger, Exception fault, string place);
}
