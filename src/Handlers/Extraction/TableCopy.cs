using Flatfile.Agent.Handlers.Ledger;
using Flatfile.Agent.Handlers.Reading;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Extraction;

/// <summary>Copies the rows of one table into its sheet, page by page.</summary>
internal sealed class TableCopy(FlatfileClient client, JobContext context, ITable table, FileLedger ledger, Func<double> percent)
{
    /// <summary>Goes on behind the rows an earlier run wrote.</summary>
    /// <returns>The state with all rows of the table in it.</returns>
    public async Task<ExtractionCheckpoint> RunAsync(ExtractionCheckpoint checkpoint, int index, CancellationToken cancellationToken)
    {
        var sheet = checkpoint.Sheets[index];
        var account = ledger.Begin(table, sheet.SheetId);
        var sender = new PageSender(client, context, checkpoint, index, rows => ledger.Write(account, rows));
        var keys = FieldKeys.From(table.Labels);
        using var first = new RowPage(keys);
        using var second = new RowPage(keys);
        var (page, other) = (first, second);
        try
        {
            for (var row = 0L; await table.ReadAsync(cancellationToken);)
            {
                if (table.Refusal is { } reason)
                {
                    ledger.Refuse(account, reason);
                    continue;
                }

                ledger.Take(account);
                if (row++ < sheet.Rows)
                {
                    ledger.Write(account, 1);
                    continue;
                }

                page.Add(table);
                if (page.IsFull)
                {
                    await sender.SendAsync(page, cancellationToken);
                    (page, other) = (other, page);
                    page.Clear();
                    context.Report(percent(), $"{ledger.Total.Read:N0} rows read");
                }
            }
        }
        catch (UnreadableFileException)
        {
            // What was read before the fault is written, so that the numbers of the failed job account for every row read.
            await FinishAsync(sender, page, cancellationToken);
            throw;
        }
        catch
        {
            // A page on its way ends before the run does. Its own fault, if any, is not the one to tell.
            await sender.FinishAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await FinishAsync(sender, page, cancellationToken);
        return sender.Checkpoint;
    }

    private static async Task FinishAsync(PageSender sender, RowPage page, CancellationToken cancellationToken)
    {
        if (page.Rows > 0)
        {
            await sender.SendAsync(page, cancellationToken);
        }

        await sender.FinishAsync();
    }
}
