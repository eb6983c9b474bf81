namespace Flatfile.Agent.Core.Recording;

/// <summary>Recordings of what handlers saw of Flatfile, section <c>Agent:Recording</c>.</summary>
public sealed class RecordingOptions
{
    /// <summary>Which runs leave a recording behind.</summary>
    public KeepRecordings Keep { get; set; } = KeepRecordings.Failures;

    /// <summary>The most one recording may take; what comes after is left out, and the recording says so.</summary>
    public long MaxBytesEach { get; set; } = 16 * 1024 * 1024;

    /// <summary>The most all of them may take; the oldest go first.</summary>
    public long MaxBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>How long one is kept.</summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(7);
}
