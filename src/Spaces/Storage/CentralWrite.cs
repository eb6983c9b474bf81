using System.Text.Json.Nodes;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Usage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Storage;

/// <summary>One change of what belongs to no space, with its events.</summary>
internal sealed class CentralWrite(SqliteConnection connection, string accountId, string environmentId, string actorId, DateTimeOffset now)
{
    private readonly Dictionary<(long Space, string Topic), EventTally> _tallies = [];

    public SqliteConnection Connection { get; } = connection;

    public string AccountId { get; } = accountId;

    public string EnvironmentId { get; } = environmentId;

    public string ActorId { get; } = actorId;

    public DateTimeOffset Now { get; } = now;

    /// <summary><see cref="Now"/> as the wire writes it.</summary>
    public string NowText => Wire.Time(Now);

    /// <summary>Whether the log has grown.</summary>
    public bool Appended { get; private set; }

    /// <summary>Announces something that belongs to no space; to the environment of the caller, or the one named. Answers the event.</summary>
    public JsonObject Emit(NewEvent news, string? environment = null)
    {
        var sequence = Connection.Number("SELECT max(sequence) FROM events WHERE space = 0") + 1;
        var id = EventId.Write(0, sequence);
        var body = EventBody.Write(news, id, new EventOrigin(AccountId, environment ?? EnvironmentId, ActorId, NowText));
        Append(0, sequence, environment ?? EnvironmentId, news.Topic, news.Domain, NowText, body.ToArray());
        return Wire.Parse(body.Span);
    }

    /// <summary>Puts an event into the log.</summary>
    public void Append(long space, long sequence, string environment, string topic, string domain, string createdAt, byte[] body)
    {
        Connection.Execute(
            "INSERT INTO events(space, sequence, environment, topic, domain, created_at, body) VALUES ($space, $sequence, $environment, $topic, $domain, $at, $body)",
            ("$space", space), ("$sequence", sequence), ("$environment", environment), ("$topic", topic), ("$domain", domain),
            ("$at", createdAt), ("$body", body));
        Appended = true;
        var tally = _tallies.GetValueOrDefault((space, topic), new EventTally(topic, 0, 0));
        _tallies[(space, topic)] = tally with { Count = tally.Count + 1, Records = tally.Records + EventTally.RecordsIn(topic, body) };
    }

    /// <summary>Writes what the change counted; called once, before the commit.</summary>
    public void Finish()
    {
        foreach (var ((space, _), tally) in _tallies)
        {
            tally.Add(Connection, space);
        }
    }
}
