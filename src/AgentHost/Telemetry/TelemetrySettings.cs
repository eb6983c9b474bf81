using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Host.Telemetry;

/// <summary>Looks for faults in the settings of telemetry.</summary>
internal sealed class TelemetrySettings(IOptions<TelemetryOptions> options) : ISettingsFaults
{
    public IEnumerable<string> FaultsInSettings()
    {
        var telemetry = options.Value;
        if (telemetry.Endpoint is { Length: > 0 } endpoint && (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")))
        {
            yield return $"{TelemetryOptions.Section}:Endpoint is '{endpoint}', which is no http or https address. Write such as http://collector:4317, or leave it out to send nothing.";
        }

        if (telemetry.Protocol is not ("grpc" or "http/protobuf"))
        {
            yield return $"{TelemetryOptions.Section}:Protocol is '{telemetry.Protocol}'. Set it to grpc or http/protobuf.";
        }

        if (string.IsNullOrWhiteSpace(telemetry.ServiceName))
        {
            yield return $"{TelemetryOptions.Section}:ServiceName is empty. Set it to a name, or leave it out for flatfile-agent.";
        }
    }
}
