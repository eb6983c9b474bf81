namespace Flatfile.Agent.Core.Startup;

/// <summary>What becomes of an event for a plugin that is refused.</summary>
public enum RefusedEvents
{
    /// <summary>It is kept among the dead letters of the plugin's handler, to be replayed when the plugin is back.</summary>
    DeadLetter,

    /// <summary>It is handed back to its source and comes again; the other handlers get it at once, and once.</summary>
    Hold,
}
