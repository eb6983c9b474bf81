using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Drivers.AzureServiceBus.Receiving;

/// <summary>One session while it is ours. Its events are handed over in order; when one is not settled, the line stops until it and those behind it are back at the bus.</summary>
internal sealed class HeldSession
{
    /// <summary>A busy session gives way after so many events when others may wait.</summary>
    private const int EventsInATurn = 100;

    /// <summary>A quiet session is kept no longer than this while others wait for its place; else many sessions with few events each would wait for quiet ones.</summary>
    private static readonly TimeSpan IdleWhileOthersWait = TimeSpan.FromMilliseconds(100);

    private readonly ServiceBusSessionReceiver _session;
    private readonly HandOver _handOver;
    private readonly Func<bool> _othersMayWait;
    private readonly AzureServiceBusOptions _options;
    private readonly TimeProvider _time;
    private readonly LockRenewal _renewal;
    private readonly List<(BusDelivery Delivery, Task Done)> _line = [];

    public HeldSession(
        ServiceBusSessionReceiver session, HandOver handOver, Func<bool> othersMayWait, AzureServiceBusOptions options, TimeProvider time, ILogger log)
    {
        (_session, _handOver, _othersMayWait, _options, _time) = (session, handOver, othersMayWait, options, time);
        _renewal = new LockRenewal($"session {session.SessionId}", session.SessionLockedUntil, RenewAsync, options.MaxLockRenewal, time, log);
    }

    /// <summary>Returns when the session may be closed.</summary>
    /// <param name="stopping">No more events are handed over.</param>
    /// <param name="late">Fires some time after: receiving is not cancelled before, as a message that is on its way then would stay locked and be counted.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken late)
    {
        try
        {
            await TakeTurnAsync(stopping, late).ConfigureAwait(false);
        }
        finally
        {
            await SettleLineAsync(whole: true).ConfigureAwait(false);
            await _renewal.DisposeAsync().ConfigureAwait(false);
        }
    }

    private TimeSpan Idle => _othersMayWait() && _options.SessionIdle > IdleWhileOthersWait ? IdleWhileOthersWait : _options.SessionIdle;

    /// <summary>True when the client library may have later events of the session that nobody has seen: read ahead, or come when receiving had just ended.</summary>
    private bool ClientMayHoldMore => _options.Prefetch > 0 || _options.MaxInFlightPerSession > 1;

    private bool IsOurs => !_renewal.Lost && !_session.IsClosed;

    private async Task TakeTurnAsync(CancellationToken stopping, CancellationToken late)
    {
        var begun = _time.GetTimestamp();
        var events = 0;
        while (!stopping.IsCancellationRequested && IsOurs)
        {
            // So that no lock grows older than the bus keeps it, and nobody waits for ever.
            if (_time.GetElapsedTime(begun) > _options.MaxLockRenewal / 2 || (events >= EventsInATurn && _othersMayWait()))
            {
                return;
            }

            // While a place in the line was waited for, the lock may have gone.
            if (!await SettleLineAsync(whole: false).ConfigureAwait(false) || !IsOurs)
            {
                return;
            }

            // One at a time: asked for more, the client calls back what did not come at once, which costs more than it saves.
            if (await _session.ReceiveMessageAsync(Idle, late).ConfigureAwait(false) is { } message)
            {
                await HandAsync(message, stopping).ConfigureAwait(false);
                events++;
            }
            else if (_line.Count == 0)
            {
                return;
            }
        }
    }

    /// <summary>Behind an event that was not settled, or on the way out, a message only joins the line to be given back with it.</summary>
    private async Task HandAsync(ServiceBusReceivedMessage message, CancellationToken stopping)
    {
        var delivery = new BusDelivery(_session, message, _time);
        _renewal.Extend();
        try
        {
            await _handOver.WaitForRoomAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            _line.Add((delivery, Task.CompletedTask));
            return;
        }

        if (!IsOurs || _line.Any(l => l.Done.IsCompleted && l.Delivery.Settlement != Settlement.Settled))
        {
            _handOver.LeaveRoom();
            _line.Add((delivery, Task.CompletedTask));
            return;
        }

        _renewal.Extend();
        _line.Add((delivery, _handOver.RunAsync(delivery)));
    }

    /// <summary>Waits until there is a place in the line, or all of it is done, and gives back what was not settled.</summary>
    /// <returns>False when the session must be left.</returns>
    private async Task<bool> SettleLineAsync(bool whole)
    {
        if (_line.Count > 0 && (whole || _line.Count >= _options.MaxInFlightPerSession))
        {
            await (whole ? Task.WhenAll(_line.Select(l => l.Done)) : Task.WhenAny(_line.Select(l => l.Done))).ConfigureAwait(false);
        }

        if (_line.Any(l => l.Done.IsCompleted && l.Delivery.Settlement != Settlement.Settled))
        {
            await Task.WhenAll(_line.Select(l => l.Done)).ConfigureAwait(false);
            var unsettled = _line.Select(l => l.Delivery).Where(d => d.Settlement != Settlement.Settled).ToList();
            _line.Clear();

            // What the client holds would overtake what was given back; left with the session, it goes back to its place too.
            return await _handOver.GiveBackAsync(_session, unsettled, _renewal).ConfigureAwait(false) && !ClientMayHoldMore;
        }

        _line.RemoveAll(l => l.Done.IsCompleted);
        return true;
    }

    private async Task<DateTimeOffset> RenewAsync(CancellationToken cancellationToken)
    {
        await _session.RenewSessionLockAsync(cancellationToken).ConfigureAwait(false);
        return _session.SessionLockedUntil;
    }
}
