using System.Text.Json;
using Flatfile.Api;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Usage;

/// <summary>How many events of a topic a space has raised, and how many records they told of. Counted when they enter the log.</summary>
internal sealed record EventTally(string Topic, long Count, long Records)
{
    /// <summary>The table, filled from the log as it is.</summary>
    public const string Schema =
        """
        CREATE TABLE event_tallies(space INTEGER NOT NULL, topic TEXT NOT NULL, count INTEGER NOT NULL, records INTEGER NOT NULL, PRIMARY KEY (space, topic))
            WITHOUT ROWID;
        INSERT INTO event_tallies SELECT
            space, topic, count(*), coalesce(sum(CASE topic WHEN 'records:created' THEN json_extract(CAST(body AS TEXT), '$.context.recordCount') END), 0)
            FROM events GROUP BY space, topic;
        """;

    /// <summary>All topics of a space.</summary>
    public static List<EventTally> Read(SqliteConnection central, long space) => central.Rows(
        "SELECT topic, count, records FROM event_tallies WHERE space = $space ORDER BY topic",
        row => new EventTally(row.GetString(0), row.GetInt64(1), row.GetInt64(2)), ("$space", space));

    /// <summary>Counts more.</summary>
    public void Add(SqliteConnection central, long space) => central.Execute(
        """
        INSERT INTO event_tallies(space, topic, count, records) VALUES ($space, $topic, $count, $records)
        ON CONFLICT(space, topic) DO UPDATE SET count = count + $count, records = records + $records
        """,
        ("$space", space), ("$topic", Topic), ("$count", Count), ("$records", Records));

    /// <summary>The records an event tells of.</summary>
    public static long RecordsIn(string topic, ReadOnlyMemory<byte> body)
    {
        if (topic != Topics.RecordsCreated)
        {
            return 0;
        }

        using var document = JsonDocument.Parse(body);
        return document.RootElement.TryGetProperty("context", out var context) && context.TryGetProperty("recordCount", out var count)
            && count.ValueKind == JsonValueKind.Number && count.TryGetInt64(out var records) ? records : 0;
    }
}
