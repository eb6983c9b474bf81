using System.Globalization;
using Flatfile.Agent.Core.Store;
using Npgsql;

namespace Flatfile.Agent.Store.PostgreSql;

/// <summary>Looks at the store in PostgreSQL: reachable, its version and tables, rights, clock and nodes.</summary>
internal sealed class PostgresStoreCheck(AgentDatabase used, PostgresAgentDatabase database, TimeProvider time) : IDoctorCheck
{
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(5);

    public string Subject => "Agent store (PostgreSQL)";

    public bool IsUsed => ReferenceEquals(used, database);

    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var settings = database.Settings;
        var findings = settings.Faults().Select(fault => new DoctorFinding(DoctorLevel.Bad, fault)).ToList();
        if (findings.Count > 0)
        {
            return findings;
        }

        try
        {
            await using var connection = settings.Single("flatfile-agent doctor", timeout: 5);
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            findings.Add(new DoctorFinding(DoctorLevel.Good, $"PostgreSQL {connection.PostgreSqlVersion} answers: {settings.Place}."));
            findings.Add(Encryption(settings));
            findings.Add(Writes(connection));
            findings.Add(Clock(connection));
            findings.AddRange(Tables(connection, settings.Schema));
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException)
        {
            findings.Add(PostgresFaults.Lasting(fault, settings) is { } lasting
                ? new DoctorFinding(DoctorLevel.Bad, lasting.Message)
                : new DoctorFinding(DoctorLevel.Bad, $"{settings.Place} does not answer: {PostgresFaults.Said(fault)}", "See that PostgreSQL runs and can be reached from here, or correct Agent:Store:ConnectionString."));
        }

        return findings;
    }

    private static DoctorFinding Encryption(PostgresSettings settings) => settings.IsOpenToReaders
        ? new DoctorFinding(DoctorLevel.Warning, "The way to the database may be unencrypted.", "Add SSL Mode=VerifyFull, or at least Require, to Agent:Store:ConnectionString.")
        : new DoctorFinding(DoctorLevel.Good, "The way to the database is local or encrypted.");

    private static DoctorFinding Writes(NpgsqlConnection connection) =>
        connection.Query("SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on'", r => r.GetBoolean(0))[0]
            ? new DoctorFinding(DoctorLevel.Bad, "The database takes no writes: it is a standby or set to read only.", "Name the primary in Agent:Store:ConnectionString, or add Target Session Attributes=primary with all hosts.")
            : new DoctorFinding(DoctorLevel.Good, "The database takes writes.");

    private DoctorFinding Clock(NpgsqlConnection connection)
    {
        var before = time.GetUtcNow();
        var there = DateTimeOffset.FromUnixTimeMilliseconds(connection.Query($"SELECT {database.Now}", r => r.GetInt64(0))[0]);
        var apart = there - (before + ((time.GetUtcNow() - before) / 2));
        var said = string.Create(CultureInfo.InvariantCulture, $"The database's clock and this machine's are {Math.Abs(apart.TotalSeconds):0.0} s apart.");
        return apart.Duration() < Apart
            ? new DoctorFinding(DoctorLevel.Good, said)
            : new DoctorFinding(DoctorLevel.Warning, said, "Leases hold nevertheless, as they go by the database's clock; but set both clocks, as times in logs and lists differ.");
    }

    private static IEnumerable<DoctorFinding> Tables(NpgsqlConnection connection, string schema)
    {
        var found = PostgresSchema.Found(connection, schema);
        if (found == 0)
        {
            var mayMake = connection.Query(
                "SELECT CASE WHEN to_regnamespace(@schema) IS NULL THEN has_database_privilege(current_database(), 'CREATE') ELSE has_schema_privilege(@schema, 'CREATE') END",
                r => r.GetBoolean(0), ("@schema", schema))[0];
            yield return mayMake
                ? new DoctorFinding(DoctorLevel.Good, $"Schema '{schema}' holds no tables yet; the first start makes them.")
                : new DoctorFinding(DoctorLevel.Bad, $"Schema '{schema}' holds no tables, and this user may not make them.", $"CREATE SCHEMA {schema} AUTHORIZATION the user of Agent:Store:ConnectionString.");
            yield break;
        }

        var said = string.Create(CultureInfo.InvariantCulture, $"The tables of schema '{schema}' are of version {found}; this agent writes {PostgresSchema.Version}.");
        yield return found <= PostgresSchema.Version
            ? new DoctorFinding(DoctorLevel.Good, said)
            : new DoctorFinding(DoctorLevel.Bad, said, "Start the newer agent, or set Agent:Store:Schema to another schema.");
        var refused = connection.Query(
            """
            SELECT c.relname FROM pg_class c WHERE c.relnamespace = to_regnamespace(@schema) AND c.relkind = 'r'
                AND NOT (has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT') AND has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE'))
            ORDER BY c.relname
            """,
            r => r.GetString(0), ("@schema", schema));
        yield return refused.Count == 0
            ? new DoctorFinding(DoctorLevel.Good, "This user may read and write all of them.")
            : new DoctorFinding(DoctorLevel.Bad, $"This user may not read and write {string.Join(", ", refused)}.", $"GRANT ALL ON ALL TABLES IN SCHEMA {schema} to it.");
    }
}
