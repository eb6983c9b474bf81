namespace Flatfile.Agent;

/// <summary>The dead-letter queue that a bus keeps itself: what it gave up, or what the agent gave back as unreadable.</summary>
public interface IBusDeadLetters
{
    /// <summary>The same name as the driver's.</summary>
    string Name { get; }

    /// <summary>The oldest of them, without taking them out.</summary>
    Task<IReadOnlyList<BusDeadLetter>> PeekAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Moves those with these message ids back to where they are received, durably there before they leave here. Returns how many.</summary>
    Task<int> ResubmitAsync(IReadOnlyCollection<string> messageIds, CancellationToken cancellationToken);
}
