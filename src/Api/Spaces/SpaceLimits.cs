namespace Flatfile.Api;

/// <summary>Superset: how much a space may hold. What is not set follows the server's settings.</summary>
public sealed record SpaceLimits
{
    /// <summary>Database and files together.</summary>
    public long? MaxStorageBytes { get; init; }

    public long? MaxRecords { get; init; }

    public long? MaxFiles { get; init; }

    public long? MaxSheets { get; init; }
}
