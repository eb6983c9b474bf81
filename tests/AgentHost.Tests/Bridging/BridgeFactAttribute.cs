using Contracts.Services;
using Contracts.Support;

namespace AgentHost.Tests.Bridging;

/// <summary>A test that needs a broker and a database server: skipped with a sentence where one cannot be started, failed where all must run.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BridgeFactAttribute : FactAttribute
{
    public BridgeFactAttribute() => Skip = Requirement.SkipReason(RabbitMqBroker.Missing ?? PostgresCluster.Missing);
}
