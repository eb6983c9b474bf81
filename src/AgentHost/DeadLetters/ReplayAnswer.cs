namespace Flatfile.Agent.Host.DeadLetters;

/// <summary>What became of a request to replay.</summary>
/// <param name="DryRun">True when nothing was changed.</param>
/// <param name="Asked">How many are asked for; in a dry run how many would be.</param>
/// <param name="Refused">How many could not run.</param>
/// <param name="More">True when more are meant than one request takes.</param>
/// <param name="Running">True when an agent takes them now; else the next one that starts does.</param>
/// <param name="Letters">One by one; of many only the first.</param>
internal sealed record ReplayAnswer(bool DryRun, int Asked, int Refused, bool More, bool Running, IReadOnlyList<ForecastView> Letters);
