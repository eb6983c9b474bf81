namespace Flatfile.Agent.Host.Dashboard.Orders;

internal sealed partial class OrderEndpoints
{
    [LoggerMessage(LogLevel.Information, "{Visitor} ordered {Order} of {About}")]
    private static partial void Given(ILogger logger, string visitor, string order, string about);
}
