namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>How a run of recurring work stands. The numbers are stored; from 10 on it has ended.</summary>
public enum RecurringRunState
{
    /// <summary>Decided and not begun.</summary>
    Waiting = 0,

    /// <summary>Begun. When its process died, another agent takes it up.</summary>
    Running = 1,

    /// <summary>Ended well.</summary>
    Succeeded = 10,

    /// <summary>Ended by a fault, by its time limit, or given up after its process died too often.</summary>
    Failed = 11,

    /// <summary>Never begun, because of its policies.</summary>
    Skipped = 12,

    /// <summary>Told to end for a later slot.</summary>
    Replaced = 13,
}
