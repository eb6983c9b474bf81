using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Usage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Storage;

/// <summary>One change of a space. What is written here and what is emitted here is committed together.</summary>
internal sealed class SpaceWrite : SpaceRead
{
    private readonly long _relayed;
    private JsonObject? _space;
    private long? _number;
    private long? _sequence;
    private bool _active;

    public SpaceWrite(SqliteConnection connection, SpaceFolder folder, string actorId, DateTimeOffset now, long relayed, bool isBirth = false)
        : base(connection, folder)
    {
        ActorId = actorId;
        Now = now;
        _relayed = relayed;
        Limits = LimitGuard.Begin(this, isBirth);
    }

    /// <summary>Keeps this change within the space's limits.</summary>
    public LimitGuard Limits { get; }

    /// <summary>Whether the change brought records or files.</summary>
    public bool Brings { get; private set; }

    /// <summary>Who does it.</summary>
    public string ActorId { get; }

    /// <summary>The one time of this change.</summary>
    public DateTimeOffset Now { get; }

    /// <summary><see cref="Now"/> as the wire writes it.</summary>
    public string NowText => Wire.Time(Now);

    /// <summary>The stored body of the space; store changes with <see cref="StoreSpace"/>.</summary>
    public override JsonObject Space => _space ??= base.Space;

    /// <summary>Stores the space's body.</summary>
    public void StoreSpace(JsonObject body)
    {
        _space = body;
        Connection.Execute(
            "INSERT INTO space(one, body) VALUES (1, $body) ON CONFLICT(one) DO UPDATE SET body = excluded.body", ("$body", Wire.Text(body)));
    }

    /// <summary>A new id; its <see cref="ResourceId.Number"/> grows with every id of this space, so it also orders commits.</summary>
    public ResourceId NewId(string prefix)
    {
        _number ??= Counter("resource");
        return new ResourceId(prefix, Folder.Number, (_number += 1).Value);
    }

    /// <summary>Announces something. The event exists if, and only if, this change is committed. Answers its id.</summary>
    public string Emit(NewEvent news)
    {
        // A database restored from an older copy must not use sequence numbers the log has already seen.
        _sequence ??= Math.Max(Counter("event"), _relayed);
        var sequence = (_sequence += 1).Value;
        var id = EventId.Write(Folder.Number, sequence);
        var body = EventBody.Write(news, id, EventOrigin.Of(this, news));
        Connection.Execute(
            "INSERT INTO outbox(sequence, topic, domain, created_at, body) VALUES ($sequence, $topic, $domain, $at, $body)",
            ("$sequence", sequence), ("$topic", news.Topic), ("$domain", news.Domain), ("$at", NowText), ("$body", body.ToArray()));
        Brings |= news.Topic is Topics.RecordsCreated or Topics.FileCreated;
        _active |= news.Domain is "workbook" or "sheet" or "file" or "document";
        return id;
    }

    /// <summary>Writes what the change counted; called once, before the commit.</summary>
    public void Finish()
    {
        Limits.End();
        Store("resource", _number);
        Store("event", _sequence);
        if (_sequence is not null)
        {
            // What the log has is not needed here any more; removing it with the next write costs no commit of its own.
            Connection.Execute("DELETE FROM outbox WHERE sequence <= $relayed", ("$relayed", _relayed));
        }

        if (_active)
        {
            Connection.Execute("UPDATE space SET last_activity_at = $at WHERE one = 1", ("$at", NowText));
        }
    }

    private long Counter(string name) => Connection.Number("SELECT value FROM counters WHERE name = $name", ("$name", name));

    private void Store(string name, long? value)
    {
        if (value is not null)
        {
            Connection.Execute("UPDATE counters SET value = $value WHERE name = $name", ("$name", name), ("$value", value));
        }
    }
}
