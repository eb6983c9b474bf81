using Flatfile.Agent.Core.Jobs;

namespace Flatfile.Agent.Core.Store;

/// <summary>The inbox of a store that one agent has for itself: what is new goes to the log, all else to the inbox after the log's part of the event was sorted in.</summary>
internal sealed class LoggedInbox(StoredInbox inbox, SqliteAgentDatabase database, AgentOwner owner) : IInbox
{
    private const char Between = InboxLog.Between;

    private InboxLog Log => database.InboxLog;

    public async Task<IReadOnlyList<InboxClaim>> ClaimAsync(string eventId, IReadOnlyList<string> handlerIds, CancellationToken cancellationToken)
    {
        if (Log.MayHold(eventId) || handlerIds.Any(h => h.Contains(Between, StringComparison.Ordinal))
            || !await TryClaimAsync(eventId, string.Join(Between, handlerIds), cancellationToken).ConfigureAwait(false))
        {
            await SortInAsync(eventId, cancellationToken).ConfigureAwait(false);
            return await inbox.ClaimAsync(eventId, handlerIds, cancellationToken).ConfigureAwait(false);
        }

        var claims = new InboxClaim[handlerIds.Count];
        Array.Fill(claims, new InboxClaim(InboxAnswer.Claimed));
        return claims;
    }

    public async Task DoneAsync(string eventId, string handlerId, CancellationToken cancellationToken)
    {
        if (!Log.MayHold(eventId) || handlerId.Contains(Between, StringComparison.Ordinal)
            || !await database.WriteAsync("inbox.done", c => Log.TryEnd(c, eventId, handlerId), cancellationToken).ConfigureAwait(false))
        {
            await inbox.DoneAsync(eventId, handlerId, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task ReleaseAsync(string eventId, string handlerId, CancellationToken cancellationToken)
    {
        await SortInAsync(eventId, cancellationToken).ConfigureAwait(false);
        await inbox.ReleaseAsync(eventId, handlerId, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyDictionary<string, InboxEntry>> FindAsync(string eventId, CancellationToken cancellationToken)
    {
        await SortInAsync(eventId, cancellationToken).ConfigureAwait(false);
        return await inbox.FindAsync(eventId, cancellationToken).ConfigureAwait(false);
    }

    public async Task ForgetAsync(string eventId, string handlerId, CancellationToken cancellationToken)
    {
        await SortInAsync(eventId, cancellationToken).ConfigureAwait(false);
        await inbox.ForgetAsync(eventId, handlerId, cancellationToken).ConfigureAwait(false);
    }

    public async Task<int> ChargeAsync(string eventId, string handlerId, int deaths, CancellationToken cancellationToken)
    {
        await SortInAsync(eventId, cancellationToken).ConfigureAwait(false);
        return await inbox.ChargeAsync(eventId, handlerId, deaths, cancellationToken).ConfigureAwait(false);
    }

    public async Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        Log.SortedIn(await database.WriteAsync("inbox.sort", Log.SortInAll, cancellationToken).ConfigureAwait(false));
        return await inbox.PruneAsync(before, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> TryClaimAsync(string eventId, string handlers, CancellationToken cancellationToken)
    {
        var (claimed, sorting) = await database.WriteAsync(
            "inbox.claim",
            connection =>
            {
                var sorting = Log.SortInIfLong(connection);
                return (Log.TryClaim(connection, eventId, handlers, owner.Id), sorting);
            },
            cancellationToken).ConfigureAwait(false);
        if (sorting is { } number)
        {
            Log.SortedIn(number);
        }

        return claimed;
    }

    private async Task SortInAsync(string eventId, CancellationToken cancellationToken)
    {
        if (Log.MayHold(eventId))
        {
            await database.WriteAsync("inbox.sort", connection => Log.SortIn(connection, eventId), cancellationToken).ConfigureAwait(false);
        }
    }
}
