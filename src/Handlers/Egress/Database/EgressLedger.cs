using Npgsql;

namespace Flatfile.Agent.Handlers.Egress.Database;

/// <summary>The table that says how far each job came. It changes with the rows or not at all, so that a job that dies anywhere writes each row once.</summary>
internal sealed class EgressLedger(NpgsqlConnection connection, string schema, string name)
{
    private const string Days = "30";

    private readonly string _table = $"{TablePlan.Quote(schema)}.{TablePlan.Quote(name)}";

    /// <summary>Makes the table where it is missing, and forgets jobs of more than a month ago.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(
                $"CREATE TABLE IF NOT EXISTS {_table} (job text, sheet text, rows bigint NOT NULL, written bigint NOT NULL, refused bigint NOT NULL, last_ids text[] NOT NULL, "
                + "is_done boolean NOT NULL, updated_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (job, sheet))", cancellationToken);
        }
        catch (PostgresException fault) when (fault.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateTable)
        {
            // Another job made it in the same moment.
        }

        await ExecuteAsync($"DELETE FROM {_table} WHERE updated_at < now() - interval '{Days} days'", cancellationToken);
    }

    /// <summary>How far a job came with a sheet.</summary>
    public async Task<LedgerEntry> LoadAsync(string job, string sheet, CancellationToken cancellationToken)
    {
        await using var command = Command($"SELECT rows, written, refused, last_ids, is_done FROM {_table} WHERE job = $1 AND sheet = $2", job, sheet);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new LedgerEntry(new PagePlace(row.GetInt64(0), row.GetFieldValue<string[]>(3)), row.GetInt64(1), row.GetInt64(2), row.GetBoolean(4))
            : LedgerEntry.Start;
    }

    /// <summary>Keeps how far it came, in the transaction that is open.</summary>
    /// <exception cref="InvalidOperationException">Another run of the job went on meanwhile: nothing of this one may be committed.</exception>
    public async Task SaveAsync(string job, string sheet, LedgerEntry before, LedgerEntry after, CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"INSERT INTO {_table} AS l (job, sheet, rows, written, refused, last_ids, is_done) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (job, sheet) DO UPDATE SET "
            + "rows = EXCLUDED.rows, written = EXCLUDED.written, refused = EXCLUDED.refused, last_ids = EXCLUDED.last_ids, is_done = EXCLUDED.is_done, updated_at = now() "
            + "WHERE l.rows = $8 AND NOT l.is_done",
            job, sheet, after.Place.Rows, after.Written, after.Refused, after.Place.LastIds.ToArray(), after.IsDone, before.Place.Rows);
        if (await command.ExecuteNonQueryAsync(cancellationToken) != 1)
        {
            throw new InvalidOperationException($"Another run of job {job} has gone on with the rows of {sheet}. This run ends without a trace.");
        }
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
