using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Store;

namespace Flatfile.Agent.Core.Dispatch.Replaying;

/// <summary>Looks at a dead letter with the handlers in force now.</summary>
internal sealed class ReplayOutlook(HandlerCatalogSource catalogs, IReplays replays)
{
    /// <param name="letter">The letter.</param>
    /// <param name="edited">The event to be sent instead of what the letter holds.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<ReplayForecast> OfAsync(DeadLetter letter, ReadOnlyMemory<byte>? edited, CancellationToken cancellationToken)
    {
        var catalog = catalogs.Current;
        var now = letter.HandlerId is { } id ? catalog.VersionOf(id) : null;
        var binding = letter.HandlerId is null ? null : catalog.Find(letter.HandlerId);
        var sent = edited ?? letter.Sent;
        if (letter.Edited is null && edited is null && await replays.HasUntoldEndAsync(letter.EventId, letter.HandlerId, cancellationToken).ConfigureAwait(false))
        {
            return new ReplayForecast(letter.Id, ReplayWay.UntoldEnd, letter.HandlerId, binding is not null, letter.HandlerVersion, now, null, null);
        }

        return Read(sent, out var fault) is not { } @event
            ? new ReplayForecast(
                letter.Id, letter.HandlerId is null ? ReplayWay.AllHandlers : ReplayWay.Handler, letter.HandlerId, letter.HandlerId is null ? null : binding is not null,
                letter.HandlerVersion, now, null, $"The event cannot be read: {fault} Correct it and replay it with --edited FILE.")
            : letter.HandlerId is null
                ? new ReplayForecast(letter.Id, ReplayWay.AllHandlers, null, null, null, null, catalog.Match(@event).Count > 0, null)
                : OfHandler(letter, catalog, binding, now, @event);
    }

    private static ReplayForecast OfHandler(DeadLetter letter, HandlerCatalog catalog, HandlerBinding? binding, string? now, FlatfileEvent @event)
    {
        var matches = binding is null ? default(bool?) : catalog.Match(@event).Contains(binding);
        var whyNot = matches switch
        {
            null => $"The handler '{letter.HandlerId}' is not loaded: bring its plugin back, then ask again.",
            false => $"The binding of '{letter.HandlerId}' does not match the event any more: ./agent explain says why. Change the binding or the event, then ask again.",
            true => null,
        };
        return new ReplayForecast(letter.Id, ReplayWay.Handler, letter.HandlerId, binding is not null, letter.HandlerVersion, now, matches, whyNot);
    }

    private static FlatfileEvent? Read(ReadOnlyMemory<byte> body, out string? fault)
    {
        try
        {
            fault = null;
            return FlatfileEvent.Parse(body);
        }
        catch (UnreadableEventException unreadable)
        {
            fault = unreadable.Message;
            return null;
        }
    }
}
