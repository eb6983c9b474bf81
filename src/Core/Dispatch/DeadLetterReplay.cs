using Flatfile.Agent.Core.Drivers;
using Flatfile.Agent.Core.Store;

namespace Flatfile.Agent.Core.Dispatch;

/// <summary>Sends a dead letter through the pipeline again, to the handler that gave it up only.</summary>
public sealed class DeadLetterReplay
{
    private readonly IDeadLetters _letters;
    private readonly EventPipeline _pipeline;

    internal DeadLetterReplay(IDeadLetters letters, EventPipeline pipeline)
    {
        _letters = letters;
        _pipeline = pipeline;
    }

    /// <summary>Returns false when there is no dead letter of this number. One that fails again becomes a new dead letter.</summary>
    public async Task<bool> ReplayAsync(long id, CancellationToken cancellationToken)
    {
        if (await _letters.TakeAsync(id, cancellationToken).ConfigureAwait(false) is not { } letter)
        {
            return false;
        }

        await _pipeline.ProcessAsync(new LocalDelivery(letter.Body, 1), letter.HandlerId).ConfigureAwait(false);
        return true;
    }
}
