using Contracts.Services;

namespace Jobs.Hangfire.Tests.Support;

/// <summary>The tests that share one server, each with a database of its own.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresFixture>
{
    public const string Name = "PostgreSQL";
}
