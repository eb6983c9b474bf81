using System.Collections.Concurrent;

namespace Flatfile.Agent.Core.Dispatch.Steps;

/// <summary>Takes the event in hand, once in this process: a second delivery waits for the first one's end. What other processes and earlier ones did the inbox says.</summary>
internal sealed class TakeStep : IEventStep
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _inHand = new(StringComparer.Ordinal);

    public string Name => "Take";

    public async Task RunAsync(EventReceipt receipt, EventStepNext next, CancellationToken cancellationToken)
    {
        var id = receipt.Event.Id;
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (_inHand.GetOrAdd(id, mine) is var other && other != mine)
        {
            await other.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            await next(receipt, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _inHand.TryRemove(id, out _);
            mine.SetResult();
        }
    }
}
