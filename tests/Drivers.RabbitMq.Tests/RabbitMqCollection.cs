using Contracts.Services;

namespace Drivers.RabbitMq.Tests;

/// <summary>All tests with a broker share one.</summary>
[CollectionDefinition(Name)]
public sealed class RabbitMqCollection : ICollectionFixture<RabbitMqFixture>
{
    public const string Name = "RabbitMQ";
}
