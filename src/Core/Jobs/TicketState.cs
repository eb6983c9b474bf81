namespace Flatfile.Agent.Core.Jobs;

/// <summary>Where a ticket stands. Those from <see cref="Completed"/> on have ended.</summary>
public enum TicketState
{
    /// <summary>To be run when it is the first of its lane and its time has come.</summary>
    Waiting = 0,

    /// <summary>A run owns it.</summary>
    Running = 1,

    /// <summary>The Flatfile job was completed.</summary>
    Completed = 10,

    /// <summary>The Flatfile job was failed, with a reason.</summary>
    Failed = 11,

    /// <summary>The Flatfile job was cancelled.</summary>
    Canceled = 12,

    /// <summary>The Flatfile job was gone or had ended otherwise; nothing was run.</summary>
    Closed = 13,

    /// <summary>The end could not be told to Flatfile; kept as a dead letter.</summary>
    Dead = 14,
}
