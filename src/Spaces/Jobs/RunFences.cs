using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Jobs;

/// <summary>The newest run seen of each job. Checked and remembered in the transaction of the change itself, so that no older run comes in between.</summary>
internal static class RunFences
{
    public const string Schema = "CREATE TABLE job_fences(number INTEGER PRIMARY KEY, fence INTEGER NOT NULL);";

    /// <summary>Lets a change in the job's own space pass, and remembers its run.</summary>
    public static void Pass(SpaceWrite write, RunFence fence)
    {
        if (Check(write, fence) < fence.Number)
        {
            write.Connection.Execute(
                "INSERT INTO job_fences(number, fence) VALUES ($job, $fence) ON CONFLICT(number) DO UPDATE SET fence = excluded.fence",
                ("$job", fence.Job.Number), ("$fence", fence.Number));
        }
    }

    /// <summary>Answers the newest run seen.</summary>
    /// <exception cref="FenceRefusal">A newer run has begun, or the job has ended or is gone.</exception>
    public static long Check(SpaceRead read, RunFence fence)
    {
        var newest = read.Connection.Scalar("SELECT fence FROM job_fences WHERE number = $job", ("$job", fence.Job.Number)) as long? ?? 0;
        if (fence.Number < newest)
        {
            throw new FenceRefusal(RunFenceHeader.Older, $"A newer run of job {fence.Job} has begun. This one may change nothing any more; end it.");
        }

        if (fence.IsAboutJob)
        {
            return newest;
        }

        if (ResourceTable.Jobs.Find(read.Connection, fence.Job.Number)?.Text("status") is not { } status)
        {
            throw Gone(fence);
        }

        return JobStore.IsEnd(status)
            ? throw new FenceRefusal(RunFenceHeader.Ended, $"Job {fence.Job} is {status}. Its run may change nothing any more; end it.")
            : newest;
    }

    /// <summary>The job is not there, or none of the caller's.</summary>
    public static FenceRefusal Gone(RunFence fence) => new(RunFenceHeader.Gone, $"There is no job {fence.Job} any more. Its run may change nothing; end it.");

    /// <summary>Forgets a job.</summary>
    public static void Remove(SqliteConnection connection, long job) => connection.Execute("DELETE FROM job_fences WHERE number = $job", ("$job", job));
}
