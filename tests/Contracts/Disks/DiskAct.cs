namespace Contracts.Disks;

/// <summary>What SQLite asks of the disk.</summary>
public enum DiskAct
{
    /// <summary>A file is opened, and made where it is missing.</summary>
    Open,

    /// <summary>Bytes are read.</summary>
    Read,

    /// <summary>Bytes are written; the disk may keep them in its memory.</summary>
    Write,

    /// <summary>A file is cut off at a length.</summary>
    Truncate,

    /// <summary>All that was written to a file before is made to last.</summary>
    Sync,

    /// <summary>A file is deleted.</summary>
    Delete,
}
