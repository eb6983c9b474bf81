namespace Flatfile.Agent.Handlers.Tests.Support;

/// <summary>What plugins would contribute.</summary>
internal sealed class Contributions<T>(params IReadOnlyList<T> all) : IContributions<T>
    where T : class
{
    public IReadOnlyList<T> All => all;
}
