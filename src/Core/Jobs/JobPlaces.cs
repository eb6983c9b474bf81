using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch.Rules;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>
/// The places for runs of job handlers that have limits. A ticket that finds none holds nothing, no worker of the engine either: it is
/// remembered and handed to the engine again when a place is free, the first come first.
/// </summary>
internal sealed class JobPlaces(HandlerCatalogSource catalogs, DispatchRules rules, ITicketStore tickets, TicketArming arming)
{
    private readonly Dictionary<string, Room> _rooms = new(StringComparer.Ordinal);

    /// <summary>A place for the run of a ticket, to be disposed after it; null when there is none now.</summary>
    public async Task<IAsyncDisposable?> TryTakeAsync(string ticketId, CancellationToken cancellationToken)
    {
        if (!catalogs.Current.Bindings.Any(b => b.Kind == HandlerKind.Job && rules.Of(b).Limits.Count > 0)
            || await tickets.FindAsync(ticketId, cancellationToken).ConfigureAwait(false) is not { } ticket
            || catalogs.Current.Find(ticket.HandlerId) is not { } binding
            || rules.Of(binding).Limits is not { Count: > 0 } limits)
        {
            return new Place(this, []);
        }

        var @event = FlatfileEvent.Parse(ticket.Event);
        var wanted = limits.Select(l => (Key: l.Per is null ? binding.HandlerId : $"{binding.HandlerId}\n{l.Per}\n{l.Per.Of(@event)}", l.AtOnce)).ToList();
        lock (_rooms)
        {
            foreach (var (key, atOnce) in wanted)
            {
                if (_rooms.TryGetValue(key, out var room) && room.Inside >= atOnce)
                {
                    if (!room.Waiting.Contains(ticketId))
                    {
                        room.Waiting.Enqueue(ticketId);
                    }

                    return null;
                }
            }

            foreach (var (key, _) in wanted)
            {
                if (!_rooms.TryGetValue(key, out var room))
                {
                    _rooms[key] = room = new Room();
                }

                room.Inside++;
            }
        }

        return new Place(this, wanted.ConvertAll(w => w.Key));
    }

    private async Task LeaveAsync(List<string> keys)
    {
        var next = new List<string>();
        lock (_rooms)
        {
            foreach (var key in keys)
            {
                var room = _rooms[key];
                room.Inside--;
                if (room.Waiting.TryDequeue(out var ticket))
                {
                    next.Add(ticket);
                }
                else if (room.Inside == 0)
                {
                    _rooms.Remove(key);
                }
            }
        }

        foreach (var ticket in next)
        {
            await arming.ArmAsync(ticket, null, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Those of one key inside, and those that wait.</summary>
    private sealed class Room
    {
        public int Inside { get; set; }

        public Queue<string> Waiting { get; } = new();
    }

    private sealed class Place(JobPlaces owner, List<string> keys) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await owner.LeaveAsync(keys).ConfigureAwait(false);
    }
}
