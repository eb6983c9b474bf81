using Flatfile.Agent.Core.Store;

namespace Flatfile.Agent.Core.Bridge;

/// <summary>One delivery on its way into the outbox: as an event, or as a dead letter when it is none.</summary>
internal sealed record ReceivedEvent(QueuedEvent? Event, DeadLetter? Letter)
{
    private readonly TaskCompletionSource _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public QueueSize Size => Event is { } @event ? new QueueSize(1, @event.Body.Length) : default;

    /// <summary>Completes when it is durable; cancelled when it was not stored.</summary>
    public Task Stored => _stored.Task;

    public void IsStored() => _stored.TrySetResult();

    public void IsNotStored() => _stored.TrySetCanceled();
}
