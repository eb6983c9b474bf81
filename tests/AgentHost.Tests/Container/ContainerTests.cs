using System.Diagnostics;
using AgentHost.Tests.Support;
using Xunit.Abstractions;

namespace AgentHost.Tests.Container;

/// <summary>The image: what its file promises, and its steps carried out without an engine.</summary>
public sealed class ContainerTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(9);

    private static string Dockerfile { get; } = File.ReadAllText(Repository.Path("Dockerfile"));

    [Fact]
    public void ItRunsWithoutRightsWithBothAdaptersAndKeepsItsDataInVolumes()
    {
        Assert.All(
            (string[])
            [
                "ARG WITH_HANGFIRE=true", "ARG WITH_AZURE_SERVICE_BUS=true", "ARG WITH_READY_TO_RUN=true",
                "-p:WithHangfire=$WITH_HANGFIRE -p:WithAzureServiceBus=$WITH_AZURE_SERVICE_BUS -p:WithReadyToRun=$WITH_READY_TO_RUN", "USER $APP_UID",
                "VOLUME [\"/app/plugins\", \"/data\"]", "HEALTHCHECK ", "ENTRYPOINT [\"dotnet\", \"/app/Flatfile.Agent.Host.dll\"]", "STOPSIGNAL SIGTERM",
            ],
            line => Assert.Contains(line, Dockerfile, StringComparison.Ordinal));
        Assert.DoesNotContain("curl", Dockerfile, StringComparison.Ordinal);
        Assert.DoesNotContain("USER root", Dockerfile, StringComparison.Ordinal);
    }

    [ContainerFact]
    public async Task ItsStepsAreProvenWithoutAnEngine()
    {
        using var proof = Process.Start(new ProcessStartInfo(Repository.Path("eng", "container-proof")) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var limit = new CancellationTokenSource(Limit);
        var said = await Task.WhenAll(proof.StandardOutput.ReadToEndAsync(limit.Token), proof.StandardError.ReadToEndAsync(limit.Token));
        await proof.WaitForExitAsync(limit.Token);

        output.WriteLine(string.Concat(said));
        Assert.True(proof.ExitCode == 0, string.Concat(said));
        Assert.EndsWith("PROVEN\n", said[0], StringComparison.Ordinal);
    }
}
