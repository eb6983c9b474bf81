namespace Flatfile.Agent.Core.Upkeep.Monitoring;

/// <summary>What was measured of one space.</summary>
/// <param name="SpaceId">Which.</param>
/// <param name="Name">For people.</param>
/// <param name="StorageBytes">Null where the server does not say.</param>
/// <param name="Records">Null where the server does not say.</param>
/// <param name="Age">From its creation, by the server's clock.</param>
/// <param name="StuckJobs">Jobs that execute and show no change for too long.</param>
internal sealed record SpaceReading(string SpaceId, string Name, long? StorageBytes, long? Records, TimeSpan Age, IReadOnlyList<string> StuckJobs);
