namespace Flatfile.Agent.Host.Handles;

/// <summary>What this process does with the handles it may hold, so that it never asks for one more than there are.</summary>
/// <remarks>A connection takes one, and its request some more: a database, a file, a call to somebody else. Half of what is free is left for those.</remarks>
/// <param name="Handles">How many there are; null when nobody counts them.</param>
internal sealed record HandleBudget(long? Handles)
{
    /// <summary>Assemblies, the agent's store, the engine's, plugins, watchers, pipes: what is open while nobody calls, and a good part above it.</summary>
    private const long Ours = 320;

    /// <summary>A space's database: its file, its log, what they share, for one writer and some readers.</summary>
    private const long EachSpace = 8;

    private long Free => (Handles ?? 0) - Ours;

    /// <summary>Connections that are served at once; null for as many as come.</summary>
    public int? Connections => Handles is null ? null : (int)Math.Clamp(Free / 4, 16, int.MaxValue / 2);

    /// <summary>Connections beside these that are told that there is no place. Whoever comes then waits outside.</summary>
    public int Refused => Connections is { } served ? Math.Clamp(served / 4, 8, 64) : 0;

    /// <summary>Spaces whose databases stay open.</summary>
    /// <param name="most">How many with handles enough.</param>
    public int Spaces(int most) => Handles is null ? most : (int)Math.Clamp(Free / 4 / EachSpace, 4, most);
}
