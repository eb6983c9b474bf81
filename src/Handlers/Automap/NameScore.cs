namespace Flatfile.Agent.Handlers.Automap;

/// <summary>How well two names fit, 0 to 1, in which way, and why, as the end of a sentence.</summary>
internal readonly record struct NameScore(double Score, NameCloseness Closeness, string Reason)
{
    public static NameScore None { get; } = new(0, NameCloseness.None, "");
}
