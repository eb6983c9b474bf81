using RabbitMQ.Client;

namespace Flatfile.Agent.Drivers.RabbitMq;

/// <summary>One message on its way to an exchange.</summary>
internal sealed record OutgoingMessage(string Exchange, string RoutingKey, BasicProperties Properties, ReadOnlyMemory<byte> Body);
