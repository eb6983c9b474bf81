using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Drivers.AzureServiceBus.Receiving;

/// <summary>Renews one lock until it is disposed, the lock is lost, or the time for which it may be held is over.</summary>
internal sealed partial class LockRenewal : IAsyncDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _stop = new();
    private readonly Func<CancellationToken, Task<DateTimeOffset>> _renew;
    private readonly TimeSpan _limit;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly string _what;
    private readonly Task _renewing;
    private long _since;
    private volatile bool _lost;

    /// <param name="what">What is locked, for the log.</param>
    /// <param name="until">When the lock ends by the bus's clock. Ours may differ, so it only tells how often to renew.</param>
    /// <param name="renew">Renews and answers when the lock ends now.</param>
    /// <param name="limit">How long it is renewed after the last <see cref="Extend"/>.</param>
    public LockRenewal(string what, DateTimeOffset until, Func<CancellationToken, Task<DateTimeOffset>> renew, TimeSpan limit, TimeProvider time, ILogger log)
    {
        (_what, _renew, _limit, _time, _log) = (what, renew, limit, time, log);
        _since = time.GetTimestamp();
        _renewing = RenewAsync(until);
    }

    /// <summary>True when the bus said that the lock is not ours any more.</summary>
    public bool Lost => _lost;

    /// <summary>The time for which the lock may be held begins anew.</summary>
    public void Extend() => Volatile.Write(ref _since, _time.GetTimestamp());

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RenewAsync(DateTimeOffset until)
    {
        var token = _stop.Token;
        var faults = 0;
        while (true)
        {
            var half = (until - _time.GetUtcNow()) / 2;
            var pause = half < Shortest ? Shortest : half > Longest ? Longest : half;
            await Task.Delay(pause, _time, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (token.IsCancellationRequested)
            {
                return;
            }

            if (_time.GetElapsedTime(Volatile.Read(ref _since)) > _limit)
            {
                HeldTooLong(_log, _what, _limit);
                return;
            }

            try
            {
                until = await _renew(token).ConfigureAwait(false);
                faults = 0;
            }
            catch (Exception) when (token.IsCancellationRequested)
            {
                return;
            }
            catch (ServiceBusException fault) when (fault.Reason is ServiceBusFailureReason.SessionLockLost or ServiceBusFailureReason.MessageLockLost)
            {
                _lost = true;
                LockLost(_log, _what, fault.Reason);
                return;
            }
            catch (Exception fault)
            {
                // The bus may be away for a moment; whether the lock is still ours shows when it is back.
                if (faults++ == 0)
                {
                    NotRenewed(_log, fault, _what);
                }

                until = _time.GetUtcNow();
            }
        }
    }
}
