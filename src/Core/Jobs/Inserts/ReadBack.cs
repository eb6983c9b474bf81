using System.Text.Json;

namespace Flatfile.Agent.Core.Jobs.Inserts;

/// <summary>Finds out by the number of a sheet's rows what became of an insert whose answer is not known.</summary>
/// <param name="send">Sends a request past all guards.</param>
/// <param name="settle">How long an insert that is not seen may still be under way in the server.</param>
/// <param name="time">The clock.</param>
internal sealed class ReadBack(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send, TimeSpan settle, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>True when the rows are in, false when they are not and will not be, null when nobody can say.</summary>
    public async Task<bool?> AppliedAsync(InsertIntent intent, HttpRequestMessage like, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            var now = await CountAsync(like, cancellationToken).ConfigureAwait(false);
            if (now == intent.Before + intent.Rows)
            {
                return true;
            }

            if (now != intent.Before)
            {
                return null;
            }

            var left = settle - time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            await Task.Delay(left < Pause ? left : Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The rows of the sheet an insert goes to.</summary>
    /// <param name="like">The insert: to the same server, with the same key.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<long> CountAsync(HttpRequestMessage like, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, CountsOf(like.RequestUri!));
        request.Headers.Authorization = like.Headers.Authorization;
        using var answer = await send(request, cancellationToken).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var document = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken).ConfigureAwait(false);
        return document.RootElement.GetProperty("data").GetProperty("counts").GetProperty("total").GetInt64();
    }

    /// <summary>From <c>…/sheets/{id}/records</c> to <c>…/sheets/{id}/counts</c>.</summary>
    private static Uri CountsOf(Uri records) => new(records, "counts");
}
