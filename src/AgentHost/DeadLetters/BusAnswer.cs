namespace Flatfile.Agent.Host.DeadLetters;

/// <summary>What became of a request to resubmit.</summary>
/// <param name="DryRun">True when nothing was changed.</param>
/// <param name="Resubmitted">How many were moved; in a dry run how many would be.</param>
/// <param name="More">True when there may be more.</param>
internal sealed record BusAnswer(bool DryRun, int Resubmitted, bool More);
