using System.Collections.Concurrent;
using System.Net;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Api;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Drivers.Polling;

/// <summary>Tells the source which events are settled. One that is lost only makes the source list its event again, and then it is repeated.</summary>
internal sealed partial class Acknowledgements(PolledEvents source, SeenWindow window, TimeSpan maxRetryAfter, TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>Calls beside each other.</summary>
    private const int MostAtOnce = 8;

    /// <summary>Those that wait; more are not worth their memory, as they are listed again.</summary>
    private const int MostWaiting = 2_000;

    private static readonly TimeSpan AfterSuccess = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterFault = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AtTheStop = TimeSpan.FromSeconds(5);

    private readonly AcknowledgementGate _gate = new();
    private readonly SemaphoreSlim _calls = new(MostAtOnce, MostAtOnce);
    private readonly ConcurrentDictionary<string, byte> _waiting = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ended = new();
    private int _count;
    private long _quietUntil;

    /// <summary>None pass between the two while pages are turned.</summary>
    public Task HoldAsync() => _gate.CloseAsync();

    public void GoOn() => _gate.Open();

    /// <summary>Those under way get a little longer.</summary>
    public void BeginToEnd() => _ended.CancelAfter(AtTheStop);

    public async Task SendAsync(string id)
    {
        if (Interlocked.Increment(ref _count) > MostWaiting || time.GetUtcNow().Ticks < Interlocked.Read(ref _quietUntil) || !_waiting.TryAdd(id, 0))
        {
            Interlocked.Decrement(ref _count);
            window.AcknowledgeAgainAfter(id, AfterFault, isAcknowledged: false);
            return;
        }

        await _gate.EnterAsync().ConfigureAwait(false);
        try
        {
            await _calls.WaitAsync(_ended.Token).ConfigureAwait(false);
            try
            {
                await source.AcknowledgeAsync(id, _ended.Token).ConfigureAwait(false);
                window.AcknowledgeAgainAfter(id, AfterSuccess, isAcknowledged: true);
            }
            finally
            {
                _calls.Release();
            }
        }
        catch (FlatfileApiException known) when (known.Status is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            // Gone, or acknowledged by somebody: the same to us.
            window.AcknowledgeAgainAfter(id, AfterSuccess, isAcknowledged: true);
        }
        catch (Exception fault)
        {
            BeQuiet(fault);
            window.AcknowledgeAgainAfter(id, AfterFault, isAcknowledged: false);
            NotAcknowledged(log, fault, id);
        }
        finally
        {
            _gate.Leave();
            _waiting.TryRemove(id, out _);
            Interlocked.Decrement(ref _count);
        }
    }

    public void Dispose()
    {
        _ended.Dispose();
        _calls.Dispose();
    }

    private void BeQuiet(Exception fault)
    {
        if (FaultKinds.RetryAfter(fault) is { } asked)
        {
            Interlocked.Exchange(ref _quietUntil, (time.GetUtcNow() + (asked < maxRetryAfter ? asked : maxRetryAfter)).Ticks);
        }
    }
}
