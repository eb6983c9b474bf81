namespace Flatfile.Agent.Core.Jobs;

/// <summary>Why a run was told to end.</summary>
internal enum RunEndCause
{
    /// <summary>It was not told.</summary>
    None,

    /// <summary>The job was cancelled or deleted in Flatfile.</summary>
    Canceled,

    /// <summary>The grace time of the shutdown is over.</summary>
    Halted,

    /// <summary>Another run owns the ticket.</summary>
    LeaseLost,
}
