namespace Flatfile.Agent.Core.Plugins.Swap;

/// <summary>How an order about a plugin ended.</summary>
public enum PluginSwapOutcome
{
    /// <summary>A version is in force that was not before.</summary>
    Swapped,

    /// <summary>All is as it was, as it should be.</summary>
    Unchanged,

    /// <summary>What was to be loaded is not good; what ran before still runs.</summary>
    Refused,

    /// <summary>There is no plugin of this name, or nothing to go back to.</summary>
    NotFound,
}
