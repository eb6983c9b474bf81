using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Failing;

namespace Flatfile.Agent.Core.Jobs.Inserts;

/// <summary>
/// Keeps rows from being inserted twice, or not at all, by a server that does not know keys of idempotency, such as Flatfile's cloud: what is
/// about to be sent is stored first, and after an answer that says nothing the server is asked whether the rows are in.
/// </summary>
/// <remarks>Where nobody can say, the job fails and names the batch. With a server that fences runs it does nothing: that one knows the keys.</remarks>
internal sealed class InsertGuard(HttpMessageHandler inner, RunFence fence, TimeSpan settle, TimeProvider time) : DelegatingHandler(inner)
{
    private const string Name = "inserts";

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _sheets = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _logGate = new(1, 1);
    private readonly HashSet<int> _answered = [];
    private InsertLog? _log;
    private int _saves;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (SheetOf(request) is not { } sheet || fence.Run is not { } run)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        if (run.ServerFences)
        {
            return await PostAsync(request, cancellationToken).ConfigureAwait(false);
        }

        // One after the other for each sheet: beside each other nobody could say whose rows are in.
        var gate = _sheets.GetOrAdd(sheet, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await GuardedAsync(run, sheet, request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _logGate.Dispose();
            foreach (var gate in _sheets.Values)
            {
                gate.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private async Task<HttpResponseMessage> GuardedAsync(RunControl run, string sheet, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var readBack = new ReadBack(base.SendAsync, settle, time);
        var rows = await SentRows.OfAsync(request.Content!, cancellationToken).ConfigureAwait(false);
        var key = request.Headers.TryGetValues("Idempotency-Key", out var keys) ? string.Join(',', keys) : null;
        if (await AnsweredBeforeAsync(run, sheet, rows, key, cancellationToken).ConfigureAwait(false))
        {
            return Answered(request);
        }

        var open = (await LogAsync(run, cancellationToken).ConfigureAwait(false)).Open.FirstOrDefault(i => i.SheetId == sheet);
        if (open is not null)
        {
            var applied = await readBack.AppliedAsync(open, request, cancellationToken).ConfigureAwait(false);
            if (applied is null || (applied == true && open.Hash != rows.Hash))
            {
                run.Fail(Unknown(open));
                run.ThrowIfFailed();
            }

            if (applied == true)
            {
                await CloseAsync(run, open, isIn: true, cancellationToken).ConfigureAwait(false);
                return Answered(request);
            }
        }

        var before = await readBack.CountAsync(request, cancellationToken).ConfigureAwait(false);
        var intent = await OpenAsync(run, new InsertIntent(open?.Hash == rows.Hash ? open.Number : 0, sheet, rows.Hash, key, rows.Count, before), cancellationToken).ConfigureAwait(false);
        var answer = await PostAsync(request, cancellationToken).ConfigureAwait(false);
        if (IsClear(answer.StatusCode))
        {
            await CloseAsync(run, intent, answer.IsSuccessStatusCode, cancellationToken).ConfigureAwait(false);
        }

        return answer;
    }

    /// <summary>
    /// Whether an earlier run has brought these rows in and died before its handler knew. Of two batches alike, each answers for one.
    /// </summary>
    private async Task<bool> AnsweredBeforeAsync(RunControl run, string sheet, SentRows rows, string? key, CancellationToken cancellationToken)
    {
        var attempt = run.Lease.Ticket.Attempt;
        var log = await LogAsync(run, cancellationToken).ConfigureAwait(false);
        lock (_answered)
        {
            return log.Done.FirstOrDefault(d => d.SheetId == sheet && d.Hash == rows.Hash
                && (d.Key == key || (d.Attempt < attempt && !d.IsCovered && !_answered.Contains(d.Number)))) is { } done
                && (_answered.Add(done.Number) || done.Key == key);
        }
    }

    private async Task<HttpResponseMessage> PostAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        FailPoint.Hit(FailPoints.BeforePost);
        var answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        FailPoint.Hit(FailPoints.AfterPost);
        return answer;
    }

    private Task<InsertIntent> OpenAsync(RunControl run, InsertIntent intent, CancellationToken cancellationToken) =>
        ChangeAsync(run, log =>
        {
            var numbered = intent.Number == 0 ? intent with { Number = log.Sent + 1 } : intent;
            return (log with { Sent = Math.Max(log.Sent, numbered.Number), Open = [.. log.Open.Where(i => i.SheetId != intent.SheetId), numbered] }, numbered);
        }, cancellationToken);

    private Task CloseAsync(RunControl run, InsertIntent intent, bool isIn, CancellationToken cancellationToken)
    {
        var done = new DoneInsert(intent.Number, intent.SheetId, intent.Hash, intent.Key, run.Lease.Ticket.Attempt, IsCovered: false);
        return ChangeAsync(run, log => (log.Close(intent, isIn ? done : null), true), cancellationToken);
    }

    private async Task<T> ChangeAsync<T>(RunControl run, Func<InsertLog, (InsertLog Log, T Result)> change, CancellationToken cancellationToken)
    {
        await LogAsync(run, cancellationToken).ConfigureAwait(false);
        await _logGate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // What was done before the handler saved how far it is need not be known any more by its rows.
            var saves = run.Saves;
            var (log, result) = change(saves == _saves ? _log! : _log!.Cover());
            await run.Memory.SaveAsync(Name, JsonSerializer.SerializeToUtf8Bytes(log, InsertsJson.Default.InsertLog), gotAhead: false, cancellationToken).ConfigureAwait(false);
            (_log, _saves) = (log, saves);
            return result;
        }
        finally
        {
            _logGate.Release();
        }
    }

    private async Task<InsertLog> LogAsync(RunControl run, CancellationToken cancellationToken)
    {
        await _logGate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_log is null)
            {
                var saved = await run.Memory.LoadAsync(Name, cancellationToken).ConfigureAwait(false);
                var log = saved is null ? new InsertLog(0, [], []) : JsonSerializer.Deserialize(saved, InsertsJson.Default.InsertLog)!;
                _log = saved is not null && await run.Memory.IsBehindAsync(Name, cancellationToken).ConfigureAwait(false) ? log.Cover() : log;
            }

            return _log;
        }
        finally
        {
            _logGate.Release();
        }
    }

    /// <summary>Whether an answer says what became of the rows.</summary>
    private static bool IsClear(HttpStatusCode status) => (int)status is < 500 and not 408;

    /// <summary>The sheet an insert goes to; null for any other call.</summary>
    private static string? SheetOf(HttpRequestMessage request)
    {
        var segments = request.RequestUri!.AbsolutePath.Trim('/').Split('/');
        return request.Method == HttpMethod.Post && request.Content is not null && segments is [.., "sheets", var sheet, "records"] ? sheet : null;
    }

    /// <summary>Stands for the answer that was lost: the rows are in, and nobody knows their ids.</summary>
    private static HttpResponseMessage Answered(HttpRequestMessage request) => new(HttpStatusCode.OK)
    {
        RequestMessage = request,
        Content = new StringContent("""{"data":{"success":true,"records":[]}}""", Encoding.UTF8, "application/json"),
    };

    private static JobFailedException Unknown(InsertIntent intent) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"The outcome of batch {intent.Number} is unknown: {intent.Rows} rows were sent to sheet {intent.SheetId}, no answer came, and others have changed the sheet since. "
        + $"Look whether they are in, take out what is there twice, and retry the job."));
}
