using Contracts.Support;

namespace Contracts.Services;

/// <summary>A class whose contract tests need a PostgreSQL server.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsPostgresAttribute : NeedsAttribute
{
    public override string? Missing => PostgresCluster.Missing;
}
