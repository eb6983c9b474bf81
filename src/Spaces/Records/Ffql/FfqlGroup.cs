namespace Flatfile.Spaces.Records.Ffql;

/// <summary>Several conditions: all of them, or any.</summary>
internal sealed record FfqlGroup(bool IsAll, IReadOnlyList<FfqlNode> Parts) : FfqlNode;
