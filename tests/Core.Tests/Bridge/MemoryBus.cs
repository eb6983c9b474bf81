using Contracts.Support;
using Flatfile.Agent;

namespace Core.Tests.Bridge;

/// <summary>A bus that keeps what it is given, and can be away.</summary>
internal sealed class MemoryBus : IEventPublisher
{
    private volatile bool _isAway;

    public string Name => "Bus";

    public Arrivals<OutgoingEvent> Messages { get; } = new("messages");

    public Signal Refused { get; private set; } = new("the bridge to meet the bus that is away");

    public Task PublishAsync(IReadOnlyList<OutgoingEvent> events, CancellationToken cancellationToken)
    {
        if (_isAway)
        {
            Refused.Set();
            throw new IOException("The bus is away.");
        }

        foreach (var next in events)
        {
            Messages.Add(next);
        }

        return Task.CompletedTask;
    }

    public void GoAway()
    {
        Refused = new Signal("the bridge to meet the bus that is away");
        _isAway = true;
    }

    public void ComeBack() => _isAway = false;
}
