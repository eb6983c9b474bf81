namespace Flatfile.Agent.Host.Commands;

/// <summary>What every command takes.</summary>
/// <param name="DataFolder">Absolute path.</param>
/// <param name="Port">As given; null when it was not.</param>
/// <param name="Verbose">Information in the log, and traces of unforeseen faults.</param>
/// <param name="Configuration">Files and environment.</param>
internal sealed record HostSettings(string DataFolder, int? Port, bool Verbose, IConfiguration Configuration)
{
    public const int DefaultPort = 5080;

    /// <summary>True when a table says what was loaded and what was not, so that the log need not.</summary>
    public bool ShowsStart { get; init; }
}
