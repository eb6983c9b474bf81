using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Jobs.Plans;

/// <summary>The plans of jobs, one row each.</summary>
internal static class JobPlans
{
    public const string Schema = "CREATE TABLE job_plans(number INTEGER PRIMARY KEY, body TEXT NOT NULL)";

    /// <summary>The plan of a job, or null.</summary>
    public static JsonObject? Find(SqliteConnection connection, long job) =>
        connection.Scalar("SELECT body FROM job_plans WHERE number = $job", ("$job", job)) is string body ? Wire.Parse(body) : null;

    /// <summary>Stores a plan.</summary>
    public static void Store(SqliteConnection connection, long job, JsonObject plan) => connection.Execute(
        "INSERT INTO job_plans(number, body) VALUES ($job, $body) ON CONFLICT(number) DO UPDATE SET body = excluded.body",
        ("$job", job), ("$body", Wire.Text(plan)));

    /// <summary>Forgets a plan.</summary>
    public static void Remove(SqliteConnection connection, long job) =>
        connection.Execute("DELETE FROM job_plans WHERE number = $job", ("$job", job));
}
