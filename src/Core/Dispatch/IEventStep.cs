namespace Flatfile.Agent.Core.Dispatch;

/// <summary>One step of an event's way: does its part, then calls the next, or does not.</summary>
internal interface IEventStep
{
    /// <summary>One word, for the line printed at start-up.</summary>
    string Name { get; }

    Task RunAsync(EventReceipt receipt, EventStepNext next, CancellationToken cancellationToken);
}
