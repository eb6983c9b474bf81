using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Jobs;

/// <summary>Where every job is and what lists ask of it, in the central database: what a job keeps all its life, so that only its birth and its end are told.</summary>
internal static class JobIndex
{
    public const string Schema =
        """
        CREATE TABLE jobs(
            space INTEGER NOT NULL, number INTEGER NOT NULL, environment TEXT NOT NULL, created_at TEXT NOT NULL,
            parent TEXT, file TEXT, source TEXT, destination TEXT, PRIMARY KEY (space, number)) WITHOUT ROWID;
        CREATE INDEX jobs_environment ON jobs(environment, created_at);
        CREATE INDEX jobs_space ON jobs(space, created_at);
        CREATE INDEX jobs_parent ON jobs(parent) WHERE parent IS NOT NULL;
        CREATE INDEX jobs_file ON jobs(file) WHERE file IS NOT NULL;
        CREATE INDEX jobs_source ON jobs(source);
        CREATE INDEX jobs_destination ON jobs(destination) WHERE destination IS NOT NULL;
        ALTER TABLE spaces ADD COLUMN jobs_indexed INTEGER NOT NULL DEFAULT 0;
        """;

    private const string Keys = "SELECT number, body ->> '$.createdAt', body ->> '$.parentId', body ->> '$.fileId', body ->> '$.source', body ->> '$.destination' FROM jobs";

    /// <summary>The jobs that came or went with some events; all of them for a space whose jobs are not in the index.</summary>
    public static IReadOnlyList<JobKey> Read(SqliteConnection connection, IReadOnlyList<OutboxEvent> events, bool all)
    {
        if (all)
        {
            return connection.Rows(Keys, Key);
        }

        var keys = new List<JobKey>();
        foreach (var one in events.Where(one => one.Topic is Topics.JobCreated or Topics.JobDeleted && one.Domain == "job"))
        {
            // Anybody may raise events of these topics: only what the space itself says of the job counts.
            if (ResourceId.TryParse(IdPrefix.Job, (Wire.Parse(one.Body)["context"] as JsonObject)?.Text("jobId"), out var id))
            {
                keys.Add(connection.Row($"{Keys} WHERE number = $number", Key, ("$number", id.Number)) ?? new JobKey(id.Number, null, null, null, null, null));
            }
        }

        return keys;
    }

    /// <summary>Writes what was read.</summary>
    public static void Store(CentralWrite change, SpaceFolder space, IReadOnlyList<JobKey> keys, bool all)
    {
        if (all)
        {
            Forget(change, space.Number);
            change.Connection.Execute("UPDATE spaces SET jobs_indexed = 1 WHERE number = $space", ("$space", space.Number));
        }

        foreach (var key in keys)
        {
            if (key.CreatedAt is null)
            {
                change.Connection.Execute("DELETE FROM jobs WHERE space = $space AND number = $number", ("$space", space.Number), ("$number", key.Number));
                continue;
            }

            change.Connection.Execute(
                """
                INSERT OR REPLACE INTO jobs(space, number, environment, created_at, parent, file, source, destination)
                VALUES ($space, $number, $environment, $created, $parent, $file, $source, $destination)
                """,
                ("$space", space.Number), ("$number", key.Number), ("$environment", space.EnvironmentId), ("$created", key.CreatedAt),
                ("$parent", key.Parent), ("$file", key.File), ("$source", key.Source), ("$destination", key.Destination));
        }
    }

    /// <summary>Forgets the jobs of a space.</summary>
    public static void Forget(CentralWrite change, long space) =>
        change.Connection.Execute("DELETE FROM jobs WHERE space = $space", ("$space", space));

    private static JobKey Key(SqliteDataReader row) => new(row.GetInt64(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5));
}
