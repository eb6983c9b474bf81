namespace Contracts.Disks;

/// <summary>What is there, after the power went, of writes that no sync has made sure.</summary>
public enum KeptWrites
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Everything.</summary>
    All,

    /// <summary>Everything but the second half of the last one.</summary>
    AllButTheEndOfTheLast,

    /// <summary>Each by chance.</summary>
    Some,
}
