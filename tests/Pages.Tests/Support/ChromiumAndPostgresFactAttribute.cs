using Contracts.Services;
using Contracts.Support;

namespace Pages.Tests.Support;

/// <summary>A test in a real browser of an agent with a PostgreSQL store: skipped with a sentence where one of them is missing, failed where all must run.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumAndPostgresFactAttribute : FactAttribute
{
    public ChromiumAndPostgresFactAttribute() => Skip = Requirement.SkipReason(Chromium.Missing ?? PostgresCluster.Missing);
}
