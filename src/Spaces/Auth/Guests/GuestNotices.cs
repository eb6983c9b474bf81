using System.Text.Json.Nodes;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Auth.Guests;

/// <summary>Carries news of guests, who are kept centrally, into the spaces they are about: each exactly once, also across a crash.</summary>
/// <remarks>
/// The notice is committed with the change it tells of. Its delivery is one transaction of the space that emits the event and remembers the notice's
/// number, so a second delivery changes nothing; only then is the notice removed.
/// </remarks>
internal sealed class GuestNotices(CentralStore central, SpaceRegistry registry)
{
    /// <summary>The table.</summary>
    public const string Schema =
        "CREATE TABLE guest_notices(number INTEGER PRIMARY KEY AUTOINCREMENT, space INTEGER NOT NULL, actor TEXT NOT NULL, topic TEXT NOT NULL, guest TEXT NOT NULL)";

    /// <summary>Notes, with a change, what is to be announced in a space.</summary>
    public static void Add(CentralWrite change, long space, string topic, string guestId) => change.Connection.Execute(
        "INSERT INTO guest_notices(space, actor, topic, guest) VALUES ($space, $actor, $topic, $guest)",
        ("$space", space), ("$actor", change.ActorId), ("$topic", topic), ("$guest", guestId));

    /// <summary>Announces everything noted. A space that cannot be written now gets its notices at the next delivery.</summary>
    public async Task DeliverAsync(CancellationToken cancellationToken)
    {
        var waiting = await central.ReadAsync(
            connection => connection.Rows(
                "SELECT number, space, actor, topic, guest FROM guest_notices ORDER BY number",
                row => new Notice(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4))),
            cancellationToken).ConfigureAwait(false);
        foreach (var notices in waiting.GroupBy(notice => notice.Space))
        {
            try
            {
                if (await registry.FindAsync(notices.Key, cancellationToken).ConfigureAwait(false) is { } space)
                {
                    await AnnounceAsync(space, [.. notices], cancellationToken).ConfigureAwait(false);
                }
            }
            catch (ApiRefusal refusal) when (refusal.Status == 503)
            {
                continue;
            }

            var last = notices.Max(notice => notice.Number);
            await central.WriteAsync(
                "", "", change => change.Connection.Execute("DELETE FROM guest_notices WHERE space = $space AND number <= $last", ("$space", notices.Key), ("$last", last)),
                cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task AnnounceAsync(SpaceFolder space, List<Notice> notices, CancellationToken cancellationToken)
    {
        foreach (var same in notices.GroupBy(notice => notice.Actor))
        {
            await space.WriteAsync(same.Key, write =>
            {
                var seen = write.Connection.Number("SELECT value FROM counters WHERE name = 'notice'");
                foreach (var notice in same.Where(notice => notice.Number > seen))
                {
                    write.Emit(new NewEvent(notice.Topic, "space")
                    {
                        Context = new JsonObject { ["entityId"] = notice.Guest },
                        Payload = new JsonObject { ["guestId"] = notice.Guest },
                    });
                }

                return write.Connection.Execute(
                    "INSERT INTO counters(name, value) VALUES ('notice', $value) ON CONFLICT(name) DO UPDATE SET value = max(value, excluded.value)",
                    ("$value", same.Max(notice => notice.Number)));
            }, cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed record Notice(long Number, long Space, string Actor, string Topic, string Guest);
}
