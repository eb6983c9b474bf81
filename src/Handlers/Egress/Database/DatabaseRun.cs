using System.Text.Json;
using Flatfile.Api;
using Npgsql;

namespace Flatfile.Agent.Handlers.Egress.Database;

/// <summary>Writes sheets into their tables: in batches that stand for themselves, or all in one transaction.</summary>
internal sealed class DatabaseRun(FlatfileClient client, JobContext context, DatabaseOptions options, NpgsqlConnection connection)
{
    private readonly EgressLedger _ledger = new(connection, options.Schema, options.Ledger);

    /// <summary>Writes what is left of each sheet, and brings back what is refused as messages.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> WriteAsync(IReadOnlyList<TablePlan> plans, CancellationToken cancellationToken)
    {
        await _ledger.EnsureAsync(cancellationToken);
        await using var whole = options.AllOrNothing ? await BeginAsync(cancellationToken) : null;
        var done = new List<LedgerEntry>();
        foreach (var plan in plans)
        {
            done.Add(await WriteAsync(plan, whole, context.Step(plan.Sheet.Name, 95.0 / plans.Count), cancellationToken));
        }

        if (whole is not null && done.Sum(d => d.Refused) == 0)
        {
            await whole.CommitAsync(cancellationToken);
        }

        return done;
    }

    private async Task<LedgerEntry> WriteAsync(TablePlan plan, NpgsqlTransaction? whole, JobStep step, CancellationToken cancellationToken)
    {
        var entry = await _ledger.LoadAsync(context.JobId, plan.Sheet.Id, cancellationToken);
        var total = (await client.Sheets.GetRecordCountsAsync(plan.Sheet.Id, new RecordQuery { Q = options.Q }, cancellationToken: cancellationToken)).Total;
        var pages = new RecordPages(client, plan.Sheet.Id, options.Q, options.BatchSize);
        await TableBatch.PrepareAsync(connection, plan, cancellationToken);
        while (!entry.IsDone)
        {
            var read = await pages.ReadAsync(entry.Place, cancellationToken);
            entry = await WriteAsync(plan, entry, read, whole, cancellationToken);
            step.Report(entry.Place.Rows, Math.Max(entry.Place.Rows, total), $"{entry.Written:N0} rows written");
        }

        step.Done();
        return entry;
    }

    private async Task<LedgerEntry> WriteAsync(TablePlan plan, LedgerEntry before, IReadOnlyList<JsonElement> read, NpgsqlTransaction? whole, CancellationToken cancellationToken)
    {
        List<JsonElement> rows = [.. read.Where(r => options.Takes(!r.TryGetProperty("valid", out var valid) || valid.ValueKind != JsonValueKind.False))];
        var own = whole is null ? await BeginAsync(cancellationToken) : null;
        await using var closing = own;
        var batch = new TableBatch(connection, plan);
        var written = await batch.WriteAsync(rows, whole ?? own!, cancellationToken);
        var after = new LedgerEntry(RecordPages.Behind(before.Place, read), before.Written + written, before.Refused + batch.Refused.Count, read.Count < options.BatchSize);
        await _ledger.SaveAsync(context.JobId, plan.Sheet.Id, before, after, cancellationToken);

        // Before the commit: a run that dies in between comes to this page again and tells the reasons again.
        await new RejectionMessages(client, plan.Sheet.Id, [.. plan.Sheet.Config.Fields.Select(f => f.Key)]).WriteAsync(rows, batch.Refused, cancellationToken);
        if (own is not null)
        {
            await own.CommitAsync(cancellationToken);
        }

        return after;
    }

    private async Task<NpgsqlTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // A constraint that waits for the commit would refuse all rows and name none.
        await using var command = new NpgsqlCommand("SET CONSTRAINTS ALL IMMEDIATE", connection, transaction);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return transaction;
    }
}
