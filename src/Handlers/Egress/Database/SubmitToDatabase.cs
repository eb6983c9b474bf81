using Flatfile.Agent.Handlers.Settings;
using Flatfile.Api;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Flatfile.Agent.Handlers.Egress.Database;

/// <summary>Writes the rows of a workbook or sheet to tables of a PostgreSQL database, each once, and brings back what it refuses as messages on the cells.</summary>
[Handler("flatfile/database-egress")]
[OnJob("workbook:submitToDatabase", Fallback = true)]
[OnJob("sheet:submitToDatabase", Fallback = true)]
internal sealed class SubmitToDatabase(FlatfileClient client, IConfiguration settings) : IJobHandler
{
    private static readonly string[] MayGive = ["filter", "q", "sheets", "dryRun"];

    public async Task<JobResult> RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, context.Stopping);
        var job = await client.Jobs.GetAsync(context.JobId, either.Token);
        var options = HandlerOptions.Read(settings.GetSection("Database"), job.Input, MayGive, EgressJson.Default.DatabaseOptions);
        if (options.Faults().ToList() is { Count: > 0 } faults)
        {
            throw new JobFailedException(string.Join(' ', faults));
        }

        var sheets = await SheetsAsync(context, job, options, either.Token);
        try
        {
            await using var connection = new NpgsqlConnection(options.ConnectionString);
            await connection.OpenAsync(either.Token);
            return await WriteAsync(context, options, sheets, connection, either.Token);
        }
        catch (PostgresException fault) when (!fault.IsTransient)
        {
            throw new JobFailedException($"The database refused the work: {fault.MessageText} ({fault.SqlState}). See its owner; what was written before stays, and submitting again goes on.", fault);
        }
        catch (ArgumentException fault) when (fault.TargetSite?.DeclaringType?.Namespace?.StartsWith("Npgsql", StringComparison.Ordinal) == true)
        {
            throw new JobFailedException("ConnectionString of Database cannot be read. Write it as Host=…;Database=…;Username=…;Password=….", fault);
        }
    }

    private async Task<JobResult> WriteAsync(JobContext context, DatabaseOptions options, IReadOnlyList<Sheet> sheets, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var plans = await PlanAsync(options, sheets, connection, cancellationToken);
        if (options.DryRun)
        {
            return DatabaseOutcome.OfPlan(plans);
        }

        var done = await new DatabaseRun(client, context, options, connection).WriteAsync(plans, cancellationToken);
        return options.AllOrNothing && done.Sum(d => d.Refused) is > 0 and var refused
            ? throw new JobFailedException($"{refused:N0} rows were refused, so none is written: the reasons stand on their cells. Correct them and submit again.")
            {
                Details = DatabaseOutcome.Details(plans, [.. done.Select(d => d with { Written = 0 })]),
            }
            : DatabaseOutcome.Of(plans, done);
    }

    private async Task<IReadOnlyList<Sheet>> SheetsAsync(JobContext context, Job job, DatabaseOptions options, CancellationToken cancellationToken)
    {
        if (job.Type == "sheet")
        {
            var sheet = await client.Sheets.GetAsync(context.Event.Context.SheetId ?? job.Source, cancellationToken);
            return options.Tables.ContainsKey(sheet.Slug) ? [sheet] : throw NoTable(sheet.Slug);
        }

        var workbook = await client.Workbooks.GetAsync(context.Event.Context.WorkbookId ?? job.Source, cancellationToken);
        List<Sheet> sheets = [.. workbook.Sheets.Where(s => options.Tables.ContainsKey(s.Slug) && options.Sheets?.Contains(s.Slug) != false)];
        return sheets.Count > 0 ? sheets : throw NoTable(string.Join(", ", workbook.Sheets.Select(s => s.Slug)));
    }

    private static JobFailedException NoTable(string slugs) => new($"The settings name no table for: {slugs}. Add one of these slugs to Tables of Database.");

    /// <summary>Everything that stands against it is told at once, before the first row is sent.</summary>
    private static async Task<IReadOnlyList<TablePlan>> PlanAsync(DatabaseOptions options, IReadOnlyList<Sheet> sheets, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var (plans, faults) = (new List<TablePlan>(), new List<string>());
        foreach (var sheet in sheets)
        {
            var table = options.Tables[sheet.Slug];
            var name = table.Table ?? sheet.Slug;
            var (schema, own) = name.IndexOf('.') is > 0 and var dot ? (name[..dot], name[(dot + 1)..]) : (options.Schema, name);
            if (await TargetTable.FindAsync(connection, schema, own, cancellationToken) is not { } target)
            {
                faults.Add($"The database has no table {schema}.{own} for the sheet '{sheet.Slug}', or its user may not see it. Make it, or correct Table.");
            }
            else if (TablePlan.Of(sheet, target, table, faults) is { } plan)
            {
                plans.Add(plan);
            }
        }

        return faults.Count == 0 ? plans : throw new JobFailedException(string.Join(' ', faults));
    }
}
