using Flatfile.Spaces.Records;

namespace Flatfile.Spaces.Storage;

/// <summary>The tables of one space's database. Record tables are added beside them, one set per sheet.</summary>
/// <remarks>
/// A change of the tables is a step at the end of the list, one line; steps that stand here are never changed, removed or moved.
/// Files of older versions are brought up when they are opened. A resource that is stored as a body needs no more than
/// <see cref="ResourceTable.Step"/>, and its line in <see cref="ResourceTable"/>.
/// </remarks>
internal static class SpaceSchema
{
    private const string First =
        """
        CREATE TABLE space(one INTEGER PRIMARY KEY CHECK (one = 1), last_activity_at TEXT, body TEXT NOT NULL);
        CREATE TABLE counters(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO counters VALUES ('resource', 0), ('event', 0), ('sheet', 0);
        CREATE TABLE workbooks(number INTEGER PRIMARY KEY, parent INTEGER, state TEXT, body TEXT NOT NULL);
        CREATE TABLE sheets(number INTEGER PRIMARY KEY, parent INTEGER, state TEXT, body TEXT NOT NULL, records INTEGER);
        CREATE INDEX sheets_parent ON sheets(parent);
        CREATE TABLE files(number INTEGER PRIMARY KEY, parent INTEGER, state TEXT, body TEXT NOT NULL);
        CREATE TABLE documents(number INTEGER PRIMARY KEY, parent INTEGER, state TEXT, body TEXT NOT NULL);
        CREATE TABLE jobs(number INTEGER PRIMARY KEY, parent INTEGER, state TEXT, body TEXT NOT NULL);
        CREATE INDEX jobs_state ON jobs(state);
        CREATE TABLE commits(number INTEGER PRIMARY KEY, parent INTEGER, state TEXT, body TEXT NOT NULL);
        CREATE INDEX commits_parent ON commits(parent, state);
        CREATE TABLE outbox(
            sequence INTEGER PRIMARY KEY, topic TEXT NOT NULL, domain TEXT NOT NULL, created_at TEXT NOT NULL, body BLOB NOT NULL);
        """;

    /// <summary>All steps, oldest first.</summary>
    public static Migrations Steps { get; } = new(
        new MigrationStep("the first tables", connection =>
        {
            connection.Execute(First);
            connection.Execute(Idempotency.IdempotencyLedger.Schema);
            RecordTables.Initialize(connection);
        }),
        new MigrationStep("runs of the server's own jobs", Jobs.JobRuns.Schema),
        new MigrationStep("rows of commits", RecordTables.AddChanges),
        ResourceTable.Step("snapshots"),
        ResourceTable.Step("views"),
        new MigrationStep("rows of the server's own jobs", Records.Bulk.JobRows.Schema),
        new MigrationStep("small resources of the space", ItemTable.Schema),
        new MigrationStep("indexes by use", SoughtIndexes.Schema),
        new MigrationStep("limits and sizes", Usage.UsageMeter.Schema),
        new MigrationStep("plans of mapping jobs", Jobs.Plans.JobPlans.Schema),
        new MigrationStep("jobs that wait for others, and parts", Jobs.JobPredecessors.Schema),
        new MigrationStep("newest runs of jobs", Jobs.RunFences.Schema));
}
