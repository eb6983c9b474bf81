using System.Net;
using System.Net.Sockets;
using Contracts.Support;
using Drivers.AzureServiceBus.Tests.Support;
using Flatfile.Agent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Drivers.AzureServiceBus.Tests;

/// <summary>A bus that does not answer, from the first moment on: the driver stays, says so once, and says no secret.</summary>
public sealed class AwayTests : IDisposable
{
    private const string Key = "c2VjcmV0LWtleS1vZi10aGUtYnVz";

    private readonly TcpListener _deaf = new(IPAddress.Loopback, 0);
    private readonly LogLines _log = new();

    public AwayTests() => _deaf.Start();

    public void Dispose() => _deaf.Dispose();

    [Theory]
    [Trait("Row", "E-20")]
    [InlineData("true")]
    [InlineData("false")]
    public async Task TheDriverKeepsTryingAndSaysItOnceWithoutTheKey(string sessions)
    {
        // Whoever connects is thrown out; the test counts how often that happens.
        var port = ((IPEndPoint)_deaf.LocalEndpoint).Port;
        var knocks = new Arrivals<int>("connections");
        using var stop = new CancellationTokenSource();
        var refusing = Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    using var guest = await _deaf.AcceptSocketAsync(stop.Token);
                    knocks.Add(1);
                }
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        });
        await using var services = OptionsTests.Services(
            [
                ("ConnectionString", $"Endpoint=sb://localhost:{port};SharedAccessKeyName=agent;SharedAccessKey={Key};UseDevelopmentEmulator=true"),
                ("Sessions", sessions),
                ("MaxBackoff", "00:00:00.050"),
            ],
            s => s.AddSingleton<ILoggerProvider>(_log));
        var receiving = services.GetRequiredService<IEventDriver>().ReceiveAsync((_, _) => throw new InvalidOperationException("Nothing can come."), stop.Token);

        await knocks.WaitForAsync(6);
        await Signal.UntilAsync(() => Task.FromResult(_log.Lines.Any(l => l.Contains("Trying again", StringComparison.Ordinal))), "the log to say it");
        Assert.False(receiving.IsCompleted);
        await stop.CancelAsync();
        await Signal.WaitAsync(receiving, "the driver to stop");
        await refusing;

        Assert.Single(_log.Lines, l => l.Contains("cannot be reached", StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Lines, l => l.Contains(Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheDoctorSaysItInsteadOfThrowing()
    {
        var port = ((IPEndPoint)_deaf.LocalEndpoint).Port;
        _deaf.Stop();
        await using var services = OptionsTests.Services(
            [("ConnectionString", $"Endpoint=sb://localhost:{port};SharedAccessKeyName=agent;SharedAccessKey={Key};UseDevelopmentEmulator=true")]);
        var check = services.GetRequiredService<IDoctorCheck>();

        var finding = Assert.Single(await check.LookAsync(CancellationToken.None));

        Assert.False(check.IsUsed);
        Assert.Equal(DoctorLevel.Bad, finding.Level);
        Assert.Contains("queue flatfile-events at localhost: it cannot be reached", finding.What);
        Assert.DoesNotContain(Key, finding.What + finding.ToDo);
    }
}
