namespace Flatfile.Agent;

/// <summary>The weight of a message on a cell.</summary>
public enum MessageLevel
{
    /// <summary>For information; the cell stays valid.</summary>
    Info,

    /// <summary>A doubt; the cell stays valid.</summary>
    Warn,

    /// <summary>The cell and its record are invalid.</summary>
    Error,
}
