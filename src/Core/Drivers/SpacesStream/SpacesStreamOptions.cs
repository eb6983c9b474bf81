namespace Flatfile.Agent.Core.Drivers.SpacesStream;

/// <summary>How the SpacesStream driver follows Spaces in another process, section <c>Agent:SpacesStream</c>.</summary>
public sealed class SpacesStreamOptions
{
    /// <summary>Where an agent begins that has no place saved yet, as the InProcess driver does: with the oldest event.</summary>
    public StreamStart Start { get; set; } = StreamStart.Beginning;

    /// <summary>How long the stream may be silent before it is taken for broken. Spaces gives a sign of life every 15 seconds.</summary>
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>The longest pause while the server does not answer.</summary>
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest event; a larger one is cut off and goes to the dead letters.</summary>
    public int MaxEventBytes { get; set; } = 64 * 1024 * 1024;
}
