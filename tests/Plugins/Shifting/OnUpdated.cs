using Flatfile.Agent;
using Microsoft.Extensions.Logging;

namespace Shifting;

/// <summary>Tells of every event, and waits where the test wants it to.</summary>
[On("space:updated")]
public sealed class OnUpdated(Visit visit, Action<string> tell, Func<string, Task> wait, ILogger<OnUpdated> logger) : IEventHandler
{
    public async Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        var said = $"{visit.Name}: {context.Event.Id}";
        logger.LogDebug("{Said}", said);
        await wait(said);
        tell(said);
    }
}
