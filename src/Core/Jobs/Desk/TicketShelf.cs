namespace Flatfile.Agent.Core.Jobs.Desk;

/// <summary>A group of tickets an operator looks at.</summary>
public enum TicketShelf
{
    /// <summary>A run owns them, here or at another agent; the oldest first.</summary>
    Running,

    /// <summary>They wait for their turn or their time; the oldest first.</summary>
    Waiting,

    /// <summary>They ended badly and are kept for the inbox window; the newest first.</summary>
    Failed,
}
