using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Jobs;

/// <summary>Jobs that wait for others: one row for each job another one still waits for.</summary>
internal static class JobPredecessors
{
    public const string Schema =
        """
        CREATE TABLE job_predecessors(job INTEGER NOT NULL, predecessor INTEGER NOT NULL, PRIMARY KEY (job, predecessor)) WITHOUT ROWID;
        CREATE INDEX job_predecessors_of ON job_predecessors(predecessor);
        CREATE INDEX jobs_parent ON jobs(parent);
        """;

    private const int Most = 1_000;

    /// <summary>What is wrong with the list of a new job.</summary>
    public static IEnumerable<ApiFault> Check(SpaceRead read, JsonObject given)
    {
        if (given["predecessorIds"] is null)
        {
            yield break;
        }

        if (given["predecessorIds"] is not JsonArray list || list.Count > Most)
        {
            yield return new ApiFault("predecessorIds", $"'predecessorIds' must be a list of at most {Most} ids of jobs.");
            yield break;
        }

        for (var i = 0; i < list.Count; i++)
        {
            if (Find(read, list[i]) is null)
            {
                yield return new ApiFault($"predecessorIds[{i}]", $"There is no job {list[i]?.ToJsonString() ?? "null"} in the space of this job's source.");
            }
        }
    }

    /// <summary>Notes whom a job has to wait for. Answers why it never can run; null when it can.</summary>
    public static string? Note(SpaceWrite write, ResourceId id, JsonObject job)
    {
        Forget(write.Connection, id);
        string? hopeless = null;
        foreach (var named in job["predecessorIds"] as JsonArray ?? [])
        {
            var predecessor = Find(write, named);
            if (predecessor?.Text("status") is null or JobStatus.Failed or JobStatus.Canceled)
            {
                hopeless ??= Hopeless(named?.ToString() ?? "", predecessor?.Text("status") ?? "deleted");
            }
            else if (predecessor.Text("status") != JobStatus.Complete)
            {
                write.Connection.Execute(
                    "INSERT OR IGNORE INTO job_predecessors(job, predecessor) VALUES ($job, $predecessor)",
                    ("$job", id.Number), ("$predecessor", write.Own(ResourceTable.Jobs, predecessor.Text("id")).Number));
            }
        }

        return hopeless;
    }

    /// <summary>Whether a job still waits for another.</summary>
    public static bool IsWaiting(SqliteConnection connection, ResourceId id) =>
        connection.Scalar("SELECT 1 FROM job_predecessors WHERE job = $job LIMIT 1", ("$job", id.Number)) is not null;

    /// <summary>A job has ended, or is gone: who waited for it goes on, or fails with the reason.</summary>
    public static void Ended(SpaceWrite write, ResourceId id, string end)
    {
        Forget(write.Connection, id);
        var followers = write.Connection.Rows(
            "DELETE FROM job_predecessors WHERE predecessor = $job RETURNING job", row => row.GetInt64(0), ("$job", id.Number));
        foreach (var follower in followers.Order())
        {
            var next = id with { Number = follower };
            if (end != JobStatus.Complete)
            {
                ServedJob.Fail(write, next, Hopeless(id.ToString(), end));
            }
            else if (!IsWaiting(write.Connection, next) && ResourceTable.Jobs.Find(write.Connection, follower) is { } job
                && job.Text("status") == JobStatus.Waiting && job.Text("executedAt") is null)
            {
                JobMachine.MakeReady(write, next, job);
            }
        }
    }

    private static string Hopeless(string id, string end) =>
        $"The job cannot run: it comes after the job {id}, which is {end}. Retry that one, then this one.";

    private static void Forget(SqliteConnection connection, ResourceId id) =>
        connection.Execute("DELETE FROM job_predecessors WHERE job = $job", ("$job", id.Number));

    private static JsonObject? Find(SpaceRead read, JsonNode? id) =>
        id is JsonValue value && value.TryGetValue<string>(out var text) && ResourceId.TryParse(IdPrefix.Job, text, out var job) && job.Space == read.Folder.Number
            ? ResourceTable.Jobs.Find(read.Connection, job.Number)
            : null;
}
