namespace Flatfile.Agent.Drivers.RabbitMq;

/// <summary>The broker did not take a message, or nobody knows whether it did.</summary>
internal sealed class NotPublishedException(string message, Exception? inner = null) : Exception(message, inner);
