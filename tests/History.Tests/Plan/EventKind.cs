namespace History.Tests.Plan;

/// <summary>What a planned event does to its handlers.</summary>
internal enum EventKind
{
    /// <summary>Every handler succeeds, some after failures.</summary>
    Plain,

    /// <summary>One handler never succeeds.</summary>
    Hopeless,

    /// <summary>One handler kills its process.</summary>
    Deadly,
}
