namespace Flatfile.Agent.Core.Jobs;

/// <summary>Which of the tickets that are due an engine runs first.</summary>
public enum TicketPriority
{
    /// <summary>No run of it was begun yet.</summary>
    Fresh = 0,

    /// <summary>A run of it was begun before: it goes on before any fresh one, however many of those wait.</summary>
    Begun = 1,
}
