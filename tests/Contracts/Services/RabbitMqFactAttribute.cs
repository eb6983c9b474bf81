using Contracts.Support;

namespace Contracts.Services;

/// <summary>A test that needs a RabbitMQ broker: skipped with a sentence where none can be started, failed where all must run.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RabbitMqFactAttribute : FactAttribute
{
    public RabbitMqFactAttribute() => Skip = Requirement.SkipReason(RabbitMqBroker.Missing);
}
