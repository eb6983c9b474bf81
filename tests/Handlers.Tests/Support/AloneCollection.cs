namespace Flatfile.Agent.Handlers.Tests.Support;

/// <summary>Tests that count memory or time: no other runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "Alone";
}
