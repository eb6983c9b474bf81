using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Jobs;

/// <summary>One row per job the server runs: whether it is due, how often it began without getting ahead, and how far it is.</summary>
/// <remarks>The row stays when the job fails or is canceled, so that a retry goes on where it stopped; it goes with the job's good end.</remarks>
internal static class JobRuns
{
    public const string Schema =
        """
        CREATE TABLE job_runs(number INTEGER PRIMARY KEY, due INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, checkpoint TEXT);
        CREATE INDEX job_runs_due ON job_runs(number) WHERE due = 1;
        """;

    private const string IsDue = "SELECT EXISTS (SELECT 1 FROM job_runs WHERE due = 1)";

    /// <summary>Marks a new job as one the server runs.</summary>
    public static void Add(SqliteConnection connection, long job) =>
        connection.Execute("INSERT INTO job_runs(number, due) VALUES ($job, 0)", ("$job", job));

    /// <summary>Whether the server runs this job.</summary>
    public static bool Has(SqliteConnection connection, long job) =>
        connection.Scalar("SELECT 1 FROM job_runs WHERE number = $job", ("$job", job)) is not null;

    /// <summary>Whether any job of the space waits for the server.</summary>
    public static bool AnyDue(SqliteConnection connection) => connection.Number(IsDue) != 0;

    /// <summary>The job to run next; null when none is due.</summary>
    public static long? Next(SqliteConnection connection) =>
        connection.Scalar("SELECT min(number) FROM job_runs WHERE due = 1") as long?;

    /// <summary>Follows the job's status; for other jobs nothing happens.</summary>
    public static void Follow(SqliteConnection connection, long job, bool due) => connection.Execute(
        "UPDATE job_runs SET due = $due, attempts = 0 WHERE number = $job AND due <> $due", ("$job", job), ("$due", due ? 1 : 0));

    /// <summary>Counts a beginning; answers how many there were since the run last got ahead, and the checkpoint.</summary>
    public static (long Attempts, JsonObject? Checkpoint) Begin(SqliteConnection connection, long job)
    {
        var row = connection.Row(
            "UPDATE job_runs SET attempts = attempts + 1 WHERE number = $job RETURNING attempts, checkpoint",
            found => Tuple.Create(found.GetInt64(0), found.Text(1)),
            ("$job", job));
        return (row?.Item1 ?? 0, row?.Item2 is { } text ? Wire.Parse(text) : null);
    }

    /// <summary>Stores how far the run is.</summary>
    public static void Save(SqliteConnection connection, long job, JsonObject checkpoint) => connection.Execute(
        "UPDATE job_runs SET checkpoint = $checkpoint, attempts = 0 WHERE number = $job", ("$job", job), ("$checkpoint", Wire.Text(checkpoint)));

    /// <summary>Forgets a run.</summary>
    public static void Remove(SqliteConnection connection, long job) =>
        connection.Execute("DELETE FROM job_runs WHERE number = $job", ("$job", job));
}
