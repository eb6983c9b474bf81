namespace Flatfile.Agent.Core.Upkeep.Cleanup;

/// <summary>One entry of an archive that Spaces makes.</summary>
internal sealed record ServersEntry(string Name, long Size, string Sha256);
