using Flatfile.Agent.Core.Dispatch;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Drivers;

/// <summary>Keeps the driver receiving until the agent stops: a driver that fails is started again after a growing pause.</summary>
internal sealed partial class DriverLoop(SelectedDriver selected, EventPipeline pipeline, ShutdownSignals signals, TimeProvider time, ILogger<DriverLoop> log)
{
    private static readonly TimeSpan Healthy = TimeSpan.FromMinutes(1);

    public async Task RunAsync()
    {
        var driver = selected.Driver;
        var pause = new Pause(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), time);
        while (!signals.Stopping.IsCancellationRequested)
        {
            var started = time.GetTimestamp();
            try
            {
                await driver.ReceiveAsync((delivery, _) => pipeline.ProcessAsync(delivery), signals.Stopping).ConfigureAwait(false);
                if (!signals.Stopping.IsCancellationRequested)
                {
                    EndedEarly(log, driver.Name);
                }
            }
            catch (OperationCanceledException) when (signals.Stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                Failed(log, fault, driver.Name);
            }

            if (time.GetElapsedTime(started) > Healthy)
            {
                pause.Reset();
            }

            await pause.WaitAsync(signals.Stopping).ConfigureAwait(false);
        }
    }
}
