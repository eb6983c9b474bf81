namespace Core.Tests.Support;

/// <summary>Tests that measure or starve what the whole process shares run when no others do.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
