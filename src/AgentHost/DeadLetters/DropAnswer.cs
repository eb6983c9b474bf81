namespace Flatfile.Agent.Host.DeadLetters;

/// <summary>What became of a request to drop.</summary>
/// <param name="DryRun">True when nothing was changed.</param>
/// <param name="Dropped">How many are dropped; in a dry run how many would be.</param>
/// <param name="More">True when more are meant than one request takes.</param>
/// <param name="Ids">Their numbers; of many only the first.</param>
internal sealed record DropAnswer(bool DryRun, int Dropped, bool More, IReadOnlyList<long> Ids);
