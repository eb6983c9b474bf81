namespace Flatfile.Agent.Core.Store;

/// <summary>The durable memory of what each handler did with each event.</summary>
internal interface IInbox
{
    /// <summary>What is known of an event, by handler id.</summary>
    Task<IReadOnlyDictionary<string, InboxEntry>> FindAsync(string eventId, CancellationToken cancellationToken);

    /// <summary>Counts a start durably before it happens.</summary>
    Task StartAsync(string eventId, string handlerId, CancellationToken cancellationToken);

    /// <summary>The try ended in order but is not done: its start no longer counts.</summary>
    Task ReleaseAsync(string eventId, string handlerId, CancellationToken cancellationToken);

    /// <summary>The handler is done with the event.</summary>
    Task DoneAsync(string eventId, string handlerId, CancellationToken cancellationToken);

    /// <summary>The handler's next delivery of the event runs again.</summary>
    Task ForgetAsync(string eventId, string handlerId, CancellationToken cancellationToken);

    /// <summary>Forgets what was done before a time. Returns the number of entries.</summary>
    Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
