namespace Flatfile.Agent.Core.Jobs;

/// <summary>Why a run was told to end.</summary>
internal enum RunEndCause
{
    /// <summary>It was not told.</summary>
    None,

    /// <summary>The job was cancelled in Flatfile.</summary>
    Canceled,

    /// <summary>The job is gone in Flatfile, perhaps with its space.</summary>
    Gone,

    /// <summary>The grace time of the shutdown is over.</summary>
    Halted,

    /// <summary>Another run owns the ticket.</summary>
    LeaseLost,

    /// <summary>Nothing was seen of it for too long.</summary>
    Stalled,

    /// <summary>It has split its job and goes on when the parts have ended.</summary>
    Split,
}
