namespace Flatfile.Agent.Core.Recording;

/// <summary>Which runs leave a recording behind.</summary>
public enum KeepRecordings
{
    /// <summary>Those that failed.</summary>
    Failures,

    /// <summary>Every one.</summary>
    All,

    /// <summary>None; nothing is recorded at all.</summary>
    Off,
}
