namespace Flatfile.Agent.Core.Drivers;

/// <summary>How a delivery was settled.</summary>
internal enum Settlement
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>The source may forget the event.</summary>
    Completed,

    /// <summary>The event comes back.</summary>
    Abandoned,

    /// <summary>The event is given up.</summary>
    DeadLettered,
}
