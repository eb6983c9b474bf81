using Flatfile.Agent.Host.Commands;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Flatfile.Agent.Host.Telemetry;

/// <summary>Sends traces and metrics to a collector by OTLP, when the settings or the environment name one.</summary>
internal sealed class OtlpExport(IOptions<TelemetryOptions> options) : IHostedService, IDisposable
{
    private const string AgentSource = "Flatfile.Agent";
    private static readonly string[] NamesOfAnEndpoint = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    private TelemetryOptions Settings => options.Value;

    private static bool EnvironmentNamesOne => NamesOfAnEndpoint.Any(n => Environment.GetEnvironmentVariable(n) is { Length: > 0 });

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("OTEL_SDK_DISABLED") == "true" || (string.IsNullOrEmpty(Settings.Endpoint) && !EnvironmentNamesOne))
        {
            return Task.CompletedTask;
        }

        _traces = OpenTelemetry.Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(Resource())
            .AddSource(AgentSource, "System.Net.Http", "Microsoft.AspNetCore")
            .AddOtlpExporter(exporter => Aim(exporter, "v1/traces"))
            .Build();
        _metrics = OpenTelemetry.Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(Resource())
            .AddMeter("Flatfile.*", "System.Runtime", "System.Net.Http", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
            .AddOtlpExporter(exporter => Aim(exporter, "v1/metrics"))
            .Build();
        return Task.CompletedTask;
    }

    /// <summary>What was measured last is still sent, for as long as a stop may wait for it.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            _traces?.ForceFlush(timeoutMilliseconds: 2000);
            _metrics?.ForceFlush(timeoutMilliseconds: 2000);
        },
        CancellationToken.None);

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    /// <summary>The environment comes last and wins.</summary>
    private ResourceBuilder Resource() => ResourceBuilder.CreateEmpty()
        .AddTelemetrySdk()
        .AddService(Settings.ServiceName, serviceVersion: VersionAction.Version)
        .AddEnvironmentVariableDetector();

    /// <summary>The exporter has read the environment already; only what that leaves open is set.</summary>
    private void Aim(OtlpExporterOptions exporter, string path)
    {
        if (EnvironmentNamesOne || string.IsNullOrEmpty(Settings.Endpoint))
        {
            return;
        }

        var isHttp = Settings.Protocol == "http/protobuf";
        exporter.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;

        // Over HTTP each kind has an address of its own below the collector's.
        exporter.Endpoint = isHttp ? new Uri($"{Settings.Endpoint.TrimEnd('/')}/{path}") : new Uri(Settings.Endpoint);
    }
}
