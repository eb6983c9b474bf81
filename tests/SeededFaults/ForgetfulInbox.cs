using Flatfile.Agent.Core.Store;

namespace SeededFaults;

/// <summary>Lets every handler have every delivery.</summary>
internal sealed class ForgetfulInbox : IInbox
{
    public Task<IReadOnlyList<InboxClaim>> ClaimAsync(string eventId, IReadOnlyList<string> handlerIds, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<InboxClaim>>([.. handlerIds.Select(_ => new InboxClaim(InboxAnswer.Claimed))]);

    public Task<IReadOnlyDictionary<string, InboxEntry>> FindAsync(string eventId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, InboxEntry>>(new Dictionary<string, InboxEntry>());

    public Task ForgetAsync(string eventId, string handlerId, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ReleaseAsync(string eventId, string handlerId, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task DoneAsync(string eventId, string handlerId, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<int> ChargeAsync(string eventId, string handlerId, int deaths, CancellationToken cancellationToken) => Task.FromResult(deaths);

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => Task.FromResult(0);
}
