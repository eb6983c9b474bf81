namespace Flatfile.Agent.Core.Dispatch;

/// <summary>The rest of an event's way.</summary>
internal delegate Task EventStepNext(EventReceipt receipt, CancellationToken cancellationToken);
