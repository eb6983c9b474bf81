using System.Text.Json.Nodes;
using Flatfile.Sqlite;
using Microsoft.Data.Sqlite;

namespace Flow.Tests.Durability;

/// <summary>Looks into the files of a data folder: whole, and with an event for every change and a change for every event.</summary>
internal sealed class SpaceFacts(string dataFolder)
{
    private readonly Dictionary<long, List<(string Topic, JsonNode Body)>> _events = [];
    private long _seen;

    /// <summary>Checks every database whose content changed since the last look, and the events of all.</summary>
    public void Check(bool all)
    {
        SqliteLibrary.Use();
        using var central = Open(Path.Combine(dataFolder, "spaces.db"));
        Assert.Equal("ok", Text(central, "PRAGMA integrity_check"));
        var spaces = Rows(central, "SELECT number, cursor, state, coalesce(json_extract(body, '$.id'), '') FROM spaces", row => (Number: row.GetInt64(0), Cursor: row.GetInt64(1), State: row.GetString(2), Id: row.GetString(3)));
        var touched = Follow(central);
        foreach (var space in spaces)
        {
            if (space.State != "live")
            {
                Assert.False(_events.ContainsKey(space.Number), $"space {space.Number} is {space.State} and has events");
            }
            else if (all || touched.Contains(space.Number))
            {
                CheckSpace(space.Id, space.Cursor, _events.GetValueOrDefault(space.Number) ?? throw new Xunit.Sdk.XunitException($"{space.Id} has no event"));
            }
        }
    }

    /// <summary>Reads what the log has more than before; each event's place in its space follows the one before without a gap.</summary>
    private HashSet<long> Follow(SqliteConnection central)
    {
        var touched = new HashSet<long>();
        foreach (var (position, space, sequence, topic, body) in Rows(
            central, $"SELECT position, space, sequence, topic, body FROM events WHERE position > {_seen} AND space > 0 ORDER BY space, sequence",
            row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetString(3), (byte[])row[4])))
        {
            if (!_events.TryGetValue(space, out var events))
            {
                _events.Add(space, events = []);
            }

            Assert.True(sequence == events.Count + 1, $"space {space}: event {sequence} ({topic}) follows {events.Count}");
            events.Add((topic, JsonNode.Parse(body)!));
            _seen = Math.Max(_seen, position);
            touched.Add(space);
        }

        return touched;
    }

    private void CheckSpace(string id, long cursor, List<(string Topic, JsonNode Body)> events)
    {
        using var database = Open(Path.Combine(dataFolder, "spaces", id, "space.db"));
        Assert.Equal("ok", Text(database, "PRAGMA integrity_check"));
        Assert.Equal(events.Count, Number(database, "SELECT value FROM counters WHERE name = 'event'"));
        Assert.Equal(events.Count, cursor);
        Assert.Single(events, one => one.Topic == "space:created");

        Each(id, events, "commit:created", "commitId", Rows(database, "SELECT json_extract(body, '$.id') FROM commits", row => row.GetString(0)), []);
        Each(id, events, "commit:completed", "commitId", Rows(database, "SELECT json_extract(body, '$.id') FROM commits WHERE state = 'completed'", row => row.GetString(0)), []);
        Each(id, events, "file:created", "fileId", Rows(database, "SELECT json_extract(body, '$.id') FROM files", row => row.GetString(0)), Named(events, "file:deleted", "fileId"));
        Each(id, events, "job:created", "jobId", Rows(database, "SELECT json_extract(body, '$.id') FROM jobs", row => row.GetString(0)), []);
        Each(id, events, "job:ready", "jobId", Rows(database, "SELECT json_extract(body, '$.id') FROM jobs WHERE state <> 'created'", row => row.GetString(0)), []);
        Each(id, events, "job:completed", "jobId", Rows(database, "SELECT json_extract(body, '$.id') FROM jobs WHERE state = 'complete'", row => row.GetString(0)), []);
        var files = Directory.EnumerateFiles(Path.Combine(dataFolder, "spaces", id, "files")).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        Assert.Equal(Rows(database, "SELECT number FROM files", row => row.GetInt64(0).ToString(System.Globalization.CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal), files);

        long Told(string topic) => events.Where(one => one.Topic == topic).Sum(one => (long)one.Body["context"]!["recordCount"]!);
        Assert.Equal(Told("records:created") - Told("records:deleted"), Number(database, "SELECT coalesce(sum(total), 0) FROM record_sheets"));
    }

    /// <summary>One event for each thing, and a thing (or its end) for each event.</summary>
    private static void Each(string space, List<(string Topic, JsonNode Body)> events, string topic, string member, List<string> things, HashSet<string> ended)
    {
        var told = events.Where(one => one.Topic == topic).Select(one => (string)one.Body["context"]![member]!).ToList();
        var twice = told.GroupBy(id => id).Where(same => same.Count() > 1).Select(same => same.Key).ToList();
        Assert.True(twice.Count == 0, $"{space}: {topic} twice for {string.Join(", ", twice.Take(5))}");
        var silent = things.Except(told).ToList();
        Assert.True(silent.Count == 0, $"{space}: no {topic} for {string.Join(", ", silent.Take(5))}");
        var empty = told.Except(things).Where(id => !ended.Contains(id)).ToList();
        Assert.True(empty.Count == 0, $"{space}: {topic} for what is not there: {string.Join(", ", empty.Take(5))}");
    }

    private static HashSet<string> Named(List<(string Topic, JsonNode Body)> events, string topic, string member) =>
        [.. events.Where(one => one.Topic == topic).Select(one => (string)one.Body["context"]![member]!)];

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static string Text(SqliteConnection connection, string sql) => Rows(connection, sql, row => row.GetString(0))[0];

    private static long Number(SqliteConnection connection, string sql) => Rows(connection, sql, row => row.GetInt64(0))[0];

    private static List<T> Rows<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> row)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }
}
