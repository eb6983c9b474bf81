using System.Collections.Concurrent;
using Flatfile.Agent.Core.Store;

namespace Flatfile.Agent.Core.Dispatch.Steps;

/// <summary>Asks the inbox what was done with the event before. A second delivery waits for the first one's end.</summary>
internal sealed class TakeStep(IInbox inbox) : IEventStep
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
            receipt.Inbox = await inbox.FindAsync(id, cancellationToken).ConfigureAwait(false);
            await next(receipt, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _inHand.TryRemove(id, out _);
            mine.SetResult();
        }
    }
}
