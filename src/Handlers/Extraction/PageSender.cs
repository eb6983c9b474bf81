using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Extraction;

/// <summary>Sends one page while the next is being read, and remembers each page the server has acknowledged.</summary>
internal sealed class PageSender(FlatfileClient client, JobContext context, ExtractionCheckpoint checkpoint, int index, Action<long> written)
{
    private Task _sending = Task.CompletedTask;

    /// <summary>What is stored of the extraction.</summary>
    public ExtractionCheckpoint Checkpoint { get; private set; } = checkpoint;

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
        var sheet = Checkpoint.Sheets[index];
        var number = sheet.Pages + 1;
        var options = new RequestOptions { IdempotencyKey = $"{context.JobId}:{sheet.SheetId}:{number}", ReturnMinimal = true };
        await client.Records.InsertAsync(sheet.SheetId, page.Parts(), options, cancellationToken);
        Checkpoint = Checkpoint.With(index, sheet with { Pages = number, Rows = sheet.Rows + page.Rows });
        await context.CheckpointAsync(Checkpoint, cancellationToken);
        written(page.Rows);
    }
}
