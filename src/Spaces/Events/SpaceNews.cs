using Flatfile.Spaces.Jobs;
using Flatfile.Spaces.Spaces;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Events;

/// <summary>What the central database does not know yet of a space: events after its cursor, and how the space looks now.</summary>
internal sealed record SpaceNews(IReadOnlyList<OutboxEvent> Events, SpaceSummary Summary, long Last, bool HasJobsDue)
{
    private IReadOnlyList<JobKey> _jobs = [];
    private bool _all;

    /// <summary>Reads a page of news.</summary>
    public static SpaceNews Read(SqliteConnection connection, long after, int limit, bool allJobs = false)
    {
        var events = connection.Rows(
            "SELECT sequence, topic, domain, created_at, body FROM outbox WHERE sequence > $after ORDER BY sequence LIMIT $limit",
            row => new OutboxEvent(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), (byte[])row[4]),
            ("$after", after), ("$limit", limit));
        return new SpaceNews(events, SpaceSummary.Read(connection), events.Count > 0 ? events[^1].Sequence : after, JobRuns.AnyDue(connection))
        {
            _jobs = JobIndex.Read(connection, events, allJobs),
            _all = allJobs,
        };
    }

    /// <summary>Writes the news and moves the cursor.</summary>
    public void Append(CentralWrite change, SpaceFolder space)
    {
        foreach (var one in Events)
        {
            change.Append(space.Number, one.Sequence, space.EnvironmentId, one.Topic, one.Domain, one.CreatedAt, one.Body);
        }

        JobIndex.Store(change, space, _jobs, _all);
        Summary.Store(change.Connection, space.Number, Last);
        change.Connection.Execute(
            "UPDATE spaces SET jobs_due = $due WHERE number = $number", ("$due", HasJobsDue ? 1 : 0), ("$number", space.Number));
    }
}
