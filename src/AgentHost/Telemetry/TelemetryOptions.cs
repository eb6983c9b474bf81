namespace Flatfile.Agent.Host.Telemetry;

/// <summary>Where traces and metrics are sent, section <c>Agent:Telemetry</c>. The standard OTEL_ variables of the environment do the same and more, and win.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Agent:Telemetry";

    /// <summary>A collector that takes OTLP, such as <c>http://collector:4317</c>; null to send nothing.</summary>
    public string? Endpoint { get; set; }

    /// <summary><c>grpc</c>, or <c>http/protobuf</c> (port 4318 by custom).</summary>
    public string Protocol { get; set; } = "grpc";

    /// <summary>The name under which this agent is seen there.</summary>
    public string ServiceName { get; set; } = "flatfile-agent";
}
