namespace Flatfile.Api;

/// <summary>One more space of a batch has ended.</summary>
public sealed record SpaceBatchProgress(int Ended, int Total, SpaceOutcome Latest);
