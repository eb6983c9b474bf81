using ClashLib;
using Flatfile.Agent;

namespace Clash;

/// <summary>Tells which edition of the library its plugin has.</summary>
[On("space:updated")]
public sealed class Reader(Action<string> tell) : IEventHandler
{
    public Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        tell(Edition.Spoken());
        return Task.CompletedTask;
    }
}
