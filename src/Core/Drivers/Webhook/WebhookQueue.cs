using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Drivers.Webhook;

/// <summary>The events that were posted and are not handled yet, with a limit.</summary>
internal sealed class WebhookQueue(IEventQueue queue, IOptions<AgentOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>Its name among the queues.</summary>
    public const string QueueName = "webhook";

    private static readonly TimeSpan MeasuredFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PruneEvery = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _measuring = new(1, 1);
    private QueueSize _size;
    private long _measuredAt;
    private long _prunedAt;
    private bool _isMeasured;

    private WebhookOptions Settings => options.Value.Webhook;

    /// <summary>Durable when it returns. Null when too much waits already.</summary>
    public async Task<QueueAnswer?> TryAddAsync(QueueEntry entry)
    {
        if (await IsFullAsync().ConfigureAwait(false))
        {
            return null;
        }

        // The sender's going away stops nothing: what is stored is stored, and its repeat is known.
        var answer = await queue.AppendAsync(QueueName, entry, CancellationToken.None).ConfigureAwait(false);
        await PruneAsync().ConfigureAwait(false);
        return answer;
    }

    public void Dispose() => _measuring.Dispose();

    /// <summary>Measured now and then: a little more than the limit is no harm.</summary>
    private async Task<bool> IsFullAsync()
    {
        await _measuring.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!_isMeasured || time.GetElapsedTime(_measuredAt) > MeasuredFor)
            {
                _size = await queue.MeasureAsync(QueueName, CancellationToken.None).ConfigureAwait(false);
                _measuredAt = time.GetTimestamp();
                _isMeasured = true;
            }

            return _size.Events >= Settings.MaxQueuedEvents || _size.Bytes >= Settings.MaxQueuedBytes;
        }
        finally
        {
            _measuring.Release();
        }
    }

    /// <summary>Twice the tolerance: a message may come that much before its own time and be sent again that much after it.</summary>
    private async Task PruneAsync()
    {
        var last = Interlocked.Read(ref _prunedAt);
        if ((last != 0 && time.GetElapsedTime(last) < PruneEvery) || Interlocked.CompareExchange(ref _prunedAt, time.GetTimestamp(), last) != last)
        {
            return;
        }

        await queue.PruneEntriesAsync(QueueName, 2 * Settings.Tolerance, CancellationToken.None).ConfigureAwait(false);
    }
}
