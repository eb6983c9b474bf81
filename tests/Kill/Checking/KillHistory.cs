using Kill.Load;
using Kill.Platform;

namespace Kill.Checking;

/// <summary>What was asked for and what Flatfile saw. Nothing in it comes from the agents' own stores.</summary>
/// <param name="Plan">The files uploaded.</param>
/// <param name="Files">The files in the end.</param>
/// <param name="Jobs">The jobs in the end.</param>
/// <param name="MappedKeys">The keys of the rows in the sheet that files are mapped into, doubles included.</param>
/// <param name="Calls">What the agents asked for, in the order answered.</param>
internal sealed record KillHistory(
    IReadOnlyList<PlannedFile> Plan, IReadOnlyList<PlatformFile> Files, IReadOnlyList<PlatformJob> Jobs, IReadOnlyList<string> MappedKeys, IReadOnlyList<PlatformCall> Calls);
