namespace Contracts.Disks;

/// <summary>One thing SQLite asked of the disk.</summary>
/// <param name="Act">What.</param>
/// <param name="File">The file's name without its folder.</param>
/// <param name="Offset">Where in the file; the new length of a file that is cut off.</param>
/// <param name="Data">What was written; empty otherwise.</param>
public sealed record DiskStep(DiskAct Act, string File, long Offset, byte[] Data);
