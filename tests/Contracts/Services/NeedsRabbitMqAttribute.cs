using Contracts.Support;

namespace Contracts.Services;

/// <summary>A class whose contract tests need a RabbitMQ broker.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsRabbitMqAttribute : NeedsAttribute
{
    public override string? Missing => RabbitMqBroker.Missing;
}
