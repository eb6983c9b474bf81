using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Flatfile.Agent.Drivers.RabbitMq;

/// <summary>Sends the settlements of one channel's deliveries, many at once where that is safe. It knows no other channel.</summary>
internal sealed partial class ChannelSettlements : IAsyncDisposable
{
    /// <summary>How long a few settlements wait for more. Only the broker's credit waits, no event.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(2);

    private readonly IChannel _channel;
    private readonly ILogger _log;
    private readonly int _enough;
    private readonly Lock _lock = new();
    private readonly SettledTags _tags = new();
    private readonly List<ulong> _returns = [];
    private readonly SemaphoreSlim _some = new(0, 1);
    private readonly SemaphoreSlim _many = new(0, 1);
    private readonly Task _sending;
    private bool _ending;
    private bool _closed;

    public ChannelSettlements(IChannel channel, int prefetch, ILogger log)
    {
        _channel = channel;
        _log = log;
        _enough = Math.Max(1, prefetch / 4);
        _sending = Task.Run(SendAsync);
    }

    /// <summary>A delivery came over the channel.</summary>
    public void Delivered(ulong tag)
    {
        lock (_lock)
        {
            _tags.Delivered(tag);
        }
    }

    /// <summary>The delivery is done.</summary>
    public void Acknowledge(ulong tag)
    {
        lock (_lock)
        {
            ThrowIfClosed();
            _tags.Settle(tag);
            Wake();
        }
    }

    /// <summary>The delivery is to come again.</summary>
    public void Return(ulong tag)
    {
        lock (_lock)
        {
            ThrowIfClosed();
            _returns.Add(tag);
            Wake();
        }
    }

    /// <summary>Sends what is pending and takes no more.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _ending = true;
            Wake();
        }

        await _sending.ConfigureAwait(false);
    }

    private void ThrowIfClosed()
    {
        if (_closed || _ending || _channel.IsClosed)
        {
            throw new SettlementLostException();
        }
    }

    /// <summary>Under the lock.</summary>
    private void Wake()
    {
        if (_some.CurrentCount == 0)
        {
            _some.Release();
        }

        if (_many.CurrentCount == 0 && (_ending || _tags.Pending + _returns.Count >= _enough))
        {
            _many.Release();
        }
    }

    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                await _some.WaitAsync().ConfigureAwait(false);
                await _many.WaitAsync(Linger).ConfigureAwait(false);
                if (await SendPendingAsync().ConfigureAwait(false))
                {
                    return;
                }
            }
        }
        catch (Exception fault)
        {
            // Whatever was not sent comes again over another channel.
            ChannelLost(_log, fault);
        }
        finally
        {
            lock (_lock)
            {
                _closed = true;
            }
        }
    }

    /// <summary>True when this was the last time.</summary>
    private async Task<bool> SendPendingAsync()
    {
        ulong[] returns;
        ulong upTo;
        int count;
        ulong[] singles;
        bool last;
        lock (_lock)
        {
            returns = [.. _returns];
            _returns.Clear();
            foreach (var tag in returns)
            {
                _tags.GivenBack(tag);
            }

            (upTo, count, singles) = _tags.Take();
            last = _ending;
        }

        // Before the acknowledgement that may stand for all below it.
        foreach (var tag in returns)
        {
            await _channel.BasicNackAsync(tag, multiple: false, requeue: true).ConfigureAwait(false);
        }

        if (count > 0)
        {
            await _channel.BasicAckAsync(upTo, multiple: count > 1).ConfigureAwait(false);
        }

        foreach (var tag in singles)
        {
            await _channel.BasicAckAsync(tag, multiple: false).ConfigureAwait(false);
        }

        return last;
    }
}
