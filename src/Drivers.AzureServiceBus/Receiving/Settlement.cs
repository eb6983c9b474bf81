namespace Flatfile.Agent.Drivers.AzureServiceBus.Receiving;

/// <summary>What became of a delivery.</summary>
internal enum Settlement
{
    /// <summary>Nobody settled it.</summary>
    None,

    /// <summary>The bus has forgotten it, or keeps it among its dead letters.</summary>
    Settled,

    /// <summary>It is to come back after a delay; the bus is told when that is over.</summary>
    Abandoned,

    /// <summary>The bus could not be told. It comes back when its lock ends.</summary>
    Failed,
}
