namespace Flatfile.Agent.Core.Dispatch.Replaying;

/// <summary>What became of a request to replay dead letters.</summary>
/// <param name="Asked">How many are asked for; in a dry run how many would be.</param>
/// <param name="Refused">How many could not run, each with its reason.</param>
/// <param name="Letters">The letters one by one, the oldest first; of many only the first.</param>
/// <param name="More">True when more letters are meant than one request takes.</param>
public sealed record ReplayReport(int Asked, int Refused, IReadOnlyList<ReplayForecast> Letters, bool More);
