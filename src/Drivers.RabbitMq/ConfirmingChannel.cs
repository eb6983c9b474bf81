using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Flatfile.Agent.Drivers.RabbitMq;

/// <summary>One channel in confirm mode and the messages the broker has not answered for yet.</summary>
internal sealed class ConfirmingChannel : IAsyncDisposable
{
    private readonly IChannel _channel;
    private readonly SemaphoreSlim _room;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<ulong, (string MessageId, TaskCompletionSource Answer)> _unconfirmed = [];
    private readonly Dictionary<string, string> _returned = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _gone = new();
    private ulong _last;
    private Exception? _lost;

    public ConfirmingChannel(IChannel channel, int mostUnconfirmed)
    {
        _channel = channel;
        _room = new SemaphoreSlim(mostUnconfirmed, mostUnconfirmed);
        channel.BasicAcksAsync += OnAcknowledgedAsync;
        channel.BasicNacksAsync += OnRefusedAsync;
        channel.BasicReturnAsync += OnReturnedAsync;
        channel.ChannelShutdownAsync += OnShutdownAsync;
    }

    public bool IsOpen => _lost is null && _channel.IsOpen;

    /// <summary>
    /// Cancelled when the channel is lost or closed. What is being sent then is to be called off: it may wait for room on a socket that the client
    /// serves no more, and the client would not end the connection before it, or before three heartbeats were missed (rabbitmq-dotnet-client, issue 1930).
    /// </summary>
    public CancellationToken Gone => _gone.Token;

    /// <summary>Why the channel is lost; null while it is not.</summary>
    public Exception? Lost => Volatile.Read(ref _lost);

    /// <summary>Sends, by one caller at a time. The task in the answer ends when the broker has answered for the message.</summary>
    /// <param name="message">What is sent.</param>
    /// <param name="cancellationToken">Linked to <see cref="Gone"/>.</param>
    public async Task<Task> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_lost is not null)
            {
                throw _lost;
            }

            _unconfirmed[++_last] = (message.Properties.MessageId!, answer);
        }

        try
        {
            await _channel.BasicPublishAsync(message.Exchange, message.RoutingKey, mandatory: true, message.Properties, message.Body, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            // Sent or not, the count of the two sides may differ from here on: this channel is not used again.
            Lose(new NotPublishedException("A message could not be sent to RabbitMQ: " + fault.Message, fault));
            Forget(answer.Task);
            throw;
        }

        return answer.Task;
    }

    /// <summary>Looks at the fault of a task nobody waits for, also when it is yet to come.</summary>
    public static void Forget(Task task) =>
        _ = task.ContinueWith(t => t.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    public async ValueTask DisposeAsync()
    {
        Lose(new NotPublishedException("The channel to RabbitMQ was closed before the broker confirmed the message."));
        await _channel.DisposeAsync().ConfigureAwait(false);
        _gone.Dispose();
    }

    private Task OnAcknowledgedAsync(object sender, BasicAckEventArgs answer)
    {
        foreach (var (id, task) in Take(answer.DeliveryTag, answer.Multiple))
        {
            string? why;
            lock (_lock)
            {
                _returned.Remove(id, out why);
            }

            if (why is null)
            {
                task.TrySetResult();
            }
            else
            {
                task.TrySetException(new NotPublishedException(why));
            }
        }

        return Task.CompletedTask;
    }

    private Task OnRefusedAsync(object sender, BasicNackEventArgs answer)
    {
        foreach (var (id, task) in Take(answer.DeliveryTag, answer.Multiple))
        {
            task.TrySetException(new NotPublishedException($"RabbitMQ refused message {id}: its queue is full or cannot be written."));
        }

        return Task.CompletedTask;
    }

    /// <summary>The broker says so before it confirms the message.</summary>
    private Task OnReturnedAsync(object sender, BasicReturnEventArgs returned)
    {
        var why = $"RabbitMQ has no queue for a message to exchange '{returned.Exchange}' with routing key '{returned.RoutingKey}' ({returned.ReplyText}). "
            + "Are the queues of this prefix there, and is Agent:RabbitMq:Partitions the same for all?";
        lock (_lock)
        {
            _returned[returned.BasicProperties.MessageId ?? string.Empty] = why;
        }

        return Task.CompletedTask;
    }

    private Task OnShutdownAsync(object sender, ShutdownEventArgs reason)
    {
        Lose(new NotPublishedException("The connection to RabbitMQ was lost before the broker confirmed the message: " + reason.ReplyText));
        return Task.CompletedTask;
    }

    private List<(string MessageId, TaskCompletionSource Answer)> Take(ulong tag, bool multiple)
    {
        var taken = new List<(string, TaskCompletionSource)>();
        lock (_lock)
        {
            if (!multiple)
            {
                if (_unconfirmed.Remove(tag, out var one))
                {
                    taken.Add(one);
                }
            }
            else
            {
                foreach (var known in _unconfirmed.Keys.TakeWhile(k => k <= tag).ToList())
                {
                    _unconfirmed.Remove(known, out var one);
                    taken.Add(one);
                }
            }
        }

        if (taken.Count > 0)
        {
            _room.Release(taken.Count);
        }

        return taken;
    }

    private void Lose(Exception why)
    {
        lock (_lock)
        {
            if (_lost is null)
            {
                _lost = why;
                _ = _gone.CancelAsync();
            }
        }

        foreach (var (_, task) in Take(ulong.MaxValue, multiple: true))
        {
            task.TrySetException(why);
        }
    }
}
