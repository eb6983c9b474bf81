using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Drivers.AzureServiceBus.Receiving;

/// <summary>Takes sessions as they get events and keeps a bounded number of them.</summary>
internal sealed partial class SessionIntake(BusConnection connection, HandOver handOver, Outage outage, TimeProvider time, ILogger log)
{
    /// <summary>How many wait for a session at the same time: taking one costs a question and an answer.</summary>
    private const int Acceptors = 4;

    private readonly SemaphoreSlim _free = new(connection.Options.MaxConcurrentSessions, connection.Options.MaxConcurrentSessions);
    private readonly RunningTasks _held = new();

    /// <summary>Returns when it is told to stop and every session is given back.</summary>
    public async Task RunAsync(CancellationToken stopping, CancellationToken late)
    {
        var acceptors = Math.Min(Acceptors, connection.Options.MaxConcurrentSessions);
        await Task.WhenAll(Enumerable.Range(0, acceptors).Select(_ => AcceptAsync(stopping, late))).ConfigureAwait(false);
        await _held.WhenDoneAsync().ConfigureAwait(false);
    }

    private async Task AcceptAsync(CancellationToken stopping, CancellationToken late)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await _free.WaitAsync(stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            var session = await NextAsync(stopping).ConfigureAwait(false);
            if (session is null)
            {
                _free.Release();
            }
            else
            {
                _held.Add(HoldAsync(session, stopping, late));
            }
        }
    }

    /// <summary>Null when no session came.</summary>
    private async Task<ServiceBusSessionReceiver?> NextAsync(CancellationToken stopping)
    {
        try
        {
            var session = await connection.AcceptSessionAsync(Math.Min(connection.Options.Prefetch, connection.Options.MaxInFlight), stopping).ConfigureAwait(false);
            outage.Over();
            return session;
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            return null;
        }
        catch (ServiceBusException fault) when (fault.Reason is ServiceBusFailureReason.ServiceTimeout or ServiceBusFailureReason.SessionCannotBeLocked)
        {
            // Nothing to do, or somebody was quicker.
            return null;
        }
        catch (Exception fault)
        {
            await outage.WaitAsync(fault, stopping).ConfigureAwait(false);
            return null;
        }
    }

    private async Task HoldAsync(ServiceBusSessionReceiver session, CancellationToken stopping, CancellationToken late)
    {
        try
        {
            var held = new HeldSession(session, handOver, () => _free.CurrentCount == 0, connection.Options, time, log);
            await held.RunAsync(stopping, late).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            // The bus is away; what was held is free when its lock ends.
        }
        catch (ServiceBusException fault)
        {
            SessionLost(log, session.SessionId, fault.Reason);
        }
        catch (Exception fault)
        {
            SessionFaulted(log, fault, session.SessionId);
        }
        finally
        {
            await connection.CloseAsync(session).ConfigureAwait(false);
            _free.Release();
        }
    }
}
