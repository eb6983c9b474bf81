using Flatfile.Sqlite;

namespace Flatfile.Spaces.Storage;

/// <summary>The tables of the data folder's own database: who may come in, which spaces there are, what happened.</summary>
/// <remarks>
/// A change of the tables is a step at the end of the list, one line; steps that stand here are never changed, removed or moved.
/// A resource of the account or of an environment that is stored as a body needs no step, only its line in <see cref="CentralTable"/>.
/// </remarks>
internal static class CentralSchema
{
    private const string First =
        """
        CREATE TABLE account(one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL, body TEXT NOT NULL);
        CREATE TABLE runs(one INTEGER PRIMARY KEY CHECK (one = 1), clean INTEGER NOT NULL);
        INSERT INTO runs VALUES (1, 1);
        CREATE TABLE environments(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
        CREATE TABLE keys(
            id TEXT PRIMARY KEY, hash BLOB NOT NULL UNIQUE, environment TEXT NOT NULL, development INTEGER NOT NULL, body TEXT NOT NULL)
            WITHOUT ROWID;
        CREATE TABLE secrets(id TEXT PRIMARY KEY, environment TEXT NOT NULL, space TEXT, actor TEXT, name TEXT NOT NULL, body TEXT NOT NULL)
            WITHOUT ROWID;
        CREATE TABLE spaces(
            number INTEGER PRIMARY KEY AUTOINCREMENT, environment TEXT NOT NULL, state TEXT NOT NULL,
            cursor INTEGER NOT NULL DEFAULT 0, body TEXT,
            name TEXT, namespace TEXT, app TEXT, status TEXT, archived INTEGER, collaborative INTEGER, template INTEGER,
            workbooks INTEGER, files INTEGER, created_by TEXT, created_at TEXT, updated_at TEXT, active_at TEXT);
        CREATE INDEX spaces_environment ON spaces(environment, state);
        CREATE TABLE events(
            position INTEGER PRIMARY KEY AUTOINCREMENT, space INTEGER NOT NULL, sequence INTEGER NOT NULL, environment TEXT NOT NULL,
            topic TEXT NOT NULL, domain TEXT NOT NULL, created_at TEXT NOT NULL, acknowledged_at TEXT, body BLOB NOT NULL);
        CREATE UNIQUE INDEX events_space ON events(space, sequence);
        CREATE INDEX events_created ON events(environment, created_at);
        """;

    /// <summary>All steps, oldest first.</summary>
    public static Migrations Steps { get; } = new(
        new MigrationStep("the first tables", connection =>
        {
            connection.Execute(First);
            connection.Execute(Idempotency.IdempotencyLedger.Schema);
        }),
        new MigrationStep("resources of account and environments", CentralTable.Schema),
        new MigrationStep("which spaces have jobs for the server", "ALTER TABLE spaces ADD COLUMN jobs_due INTEGER NOT NULL DEFAULT 0"),
        new MigrationStep("users, guests, roles and tokens", Auth.ActorSchema.Tables),
        new MigrationStep("resources go with what they belong to", CentralTable.Cascade),
        new MigrationStep("where the log begins, and its order by time for every filter", Events.EventQuery.Schema),
        new MigrationStep("events counted by topic", Usage.EventTally.Schema),
        new MigrationStep("news of guests", Auth.Guests.GuestNotices.Schema),
        new MigrationStep("where every job is", Jobs.JobIndex.Schema),
        new MigrationStep("which slots of the clock were raised", Events.CronTopics.Schema));

    /// <summary>Creates the tables in a new file, brings an older one up; refuses a file a newer program wrote.</summary>
    public static async Task PrepareAsync(SqliteFile file, CancellationToken cancellationToken)
    {
        var version = await file.ReadAsync(Migrations.VersionOf, cancellationToken).ConfigureAwait(false);
        if (version > Steps.Version)
        {
            throw new SpacesStartException(
                $"{file.Path} was written by a newer version of this program (format {version}, this program knows {Steps.Version}). Start that version, or choose another data folder.");
        }

        try
        {
            await Steps.BringUpAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (MigrationException fault)
        {
            throw new SpacesStartException(
                $"{file.Path} cannot be brought from format {version} to {Steps.Version}: {fault.Message}. It was left as it was. Restore it from a backup, or choose another data folder.", fault);
        }
    }
}
