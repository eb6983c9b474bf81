using Contracts.Support;

namespace Contracts.Services;

/// <summary>A test that needs a PostgreSQL server: skipped with a sentence where none can be started, failed where all must run.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = Requirement.SkipReason(PostgresCluster.Missing);
}
