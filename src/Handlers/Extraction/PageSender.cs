using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Extraction;

/// <summary>Sends one page while the next is being read, and remembers each page the server has acknowledged.</summary>
internal sealed class PageSender(FlatfileClient client, JobContext context, ExtractionCheckpoint checkpoint, RowTally tally)
{
    private Task _sending = Task.CompletedTask;
    private ExtractionCheckpoint _checkpoint = checkpoint;

    /// <summary>Waits for the page before and starts sending this one. The page must stay as it is until the next call returns.</summary>
    public async Task SendAsync(RowPage page, CancellationToken cancellationToken)
    {
        await _sending;
        _sending = InsertAsync(page, cancellationToken);
    }

    /// <summary>Waits for the last page.</summary>
    public Task FinishAsync() => _sending;

    private async Task InsertAsync(RowPage page, CancellationToken cancellationToken)
    {
        // The key makes a repeat harmless: a run that died between the answer and the checkpoint sends the same page again.
        var number = _checkpoint.Pages + 1;
        var options = new RequestOptions { IdempotencyKey = $"{context.JobId}:{_checkpoint.SheetId}:{number}", ReturnMinimal = true };
        await client.Records.InsertAsync(_checkpoint.SheetId, page.Write, options, cancellationToken);
        _checkpoint = _checkpoint with { Pages = number, Rows = _checkpoint.Rows + page.Rows };
        await context.SaveCheckpointAsync(_checkpoint, cancellationToken);
        tally.Write(page.Rows);
    }
}
