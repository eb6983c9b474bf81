namespace Flatfile.Agent.Core.Store;

/// <summary>The durable memory of what each handler did with each event, shared by all agents of one store.</summary>
internal interface IInbox
{
    /// <summary>
    /// Claims an event for handlers, in one durable write before any of them begins. A handler that is done, or in the hands of another agent
    /// that lives, is not claimed. A claim of this agent that stands already is answered again and not counted twice.
    /// </summary>
    /// <returns>An answer for each handler, in the order asked.</returns>
    Task<IReadOnlyList<InboxClaim>> ClaimAsync(string eventId, IReadOnlyList<string> handlerIds, CancellationToken cancellationToken);

    /// <summary>Gives a claim up in order: it is no death, and any agent may claim the event.</summary>
    Task ReleaseAsync(string eventId, string handlerId, CancellationToken cancellationToken);

    /// <summary>The handler is done with the event.</summary>
    Task DoneAsync(string eventId, string handlerId, CancellationToken cancellationToken);

    /// <summary>What is known of an event, by handler id.</summary>
    Task<IReadOnlyDictionary<string, InboxEntry>> FindAsync(string eventId, CancellationToken cancellationToken);

    /// <summary>The handler's next delivery of the event runs again.</summary>
    Task ForgetAsync(string eventId, string handlerId, CancellationToken cancellationToken);

    /// <summary>Adds to the deaths that this handler on this event is known to have caused. Returns how many there are now.</summary>
    Task<int> ChargeAsync(string eventId, string handlerId, int deaths, CancellationToken cancellationToken);

    /// <summary>Forgets what was done before a time. Returns the number of entries.</summary>
    Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
