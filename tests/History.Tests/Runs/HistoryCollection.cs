namespace History.Tests.Runs;

/// <summary>Histories share one broker and one database server, and run one after the other.</summary>
[CollectionDefinition(nameof(HistoryCollection))]
public sealed class HistoryCollection : ICollectionFixture<Surroundings>;
