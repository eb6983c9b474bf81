using System.Diagnostics;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Flatfile.Api;

/// <summary>Sends calls: attempts, waits, limits, and what every request carries.</summary>
internal sealed class ApiConnection(HttpClient http, FlatfileClientOptions options, bool addTrace) : IDisposable
{
    public BaseAddress Address { get; } = new(options.BaseAddress);

    public FlatfileClientOptions Options => options;

    /// <summary>Rows are sent compressed.</summary>
    public bool CompressesRows { get; } = options.CompressRows ?? !options.BaseAddress.IsLoopback;

    public Uri At(ApiPath path) => Address.Of(path.ToString());

    /// <summary>An address beside <c>/v1/</c>.</summary>
    public Uri AtRoot(ApiPath path) => Address.OfRoot(path.ToString());

    /// <summary>Sends a call whose answer is <c>{"data": …}</c>.</summary>
    public Task<Envelope<T>> SendAsync<T>(ApiRequest request, JsonTypeInfo<Envelope<T>> type, CancellationToken cancellationToken) =>
        AttemptAsync(request, (answer, limit) => ReadJsonAsync(request, answer, type, limit.Token), cancellationToken);

    /// <summary>Sends a call and unwraps the <c>data</c> of its answer.</summary>
    public Task<T> DataAsync<T>(ApiRequest request, JsonTypeInfo<Envelope<T>> type, CancellationToken cancellationToken)
        where T : class =>
        AttemptAsync(
            request,
            async (answer, limit) => (await ReadJsonAsync(request, answer, type, limit.Token).ConfigureAwait(false)).Data
                ?? throw AnswerFault.BadAnswer(request, answer, "it has no 'data'."),
            cancellationToken);

    /// <summary>Sends a call whose answer is any JSON.</summary>
    public Task<JsonElement> SendForJsonAsync(ApiRequest request, CancellationToken cancellationToken) =>
        AttemptAsync(request, (answer, limit) => ReadJsonAsync(request, answer, AnswerJson.Default.JsonElement, limit.Token), cancellationToken);

    /// <summary>Sends a command; its answer says no more than that it succeeded.</summary>
    public async Task CommandAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await SendForJsonAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (FlatfileApiException gone) when (request.Method == HttpMethod.Delete && gone is { Code: FlatfileErrorCode.NotFound, Attempts: > 1 })
        {
            // An earlier attempt deleted it and its answer was lost.
        }
    }

    /// <summary>Sends a call whose answer may lack the envelope.</summary>
    public Task<T> BareAsync<T>(ApiRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        AttemptAsync(
            request,
            async (answer, limit) =>
            {
                var body = await ReadJsonAsync(request, answer, AnswerJson.Default.JsonElement, limit.Token).ConfigureAwait(false);
                try
                {
                    var bare = body.ValueKind == JsonValueKind.Object && body.TryGetProperty("data", out var data) ? data : body;
                    return bare.Deserialize(type) ?? throw AnswerFault.BadAnswer(request, answer, "it is null.");
                }
                catch (JsonException fault)
                {
                    throw AnswerFault.BadAnswer(request, answer, fault.Message, fault);
                }
            },
            cancellationToken);

    /// <summary>Reads a list that comes in one answer.</summary>
    public async IAsyncEnumerable<T> ListAsync<T>(Uri address, JsonTypeInfo<Envelope<List<T>>> type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var item in await DataAsync(ApiRequest.Get(address), type, cancellationToken).ConfigureAwait(false))
        {
            yield return item;
        }
    }

    /// <summary>Reads a whole list, page after page.</summary>
    public async IAsyncEnumerable<T> PagesAsync<T>(
        Func<int, Uri> page, JsonTypeInfo<Envelope<List<T>>> type, Func<T, string> id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = new HashSet<string>(StringComparer.Ordinal);
        for (var number = 1; ; number++)
        {
            var answer = await SendAsync(ApiRequest.Get(page(number)), type, cancellationToken).ConfigureAwait(false);
            var items = answer.Data ?? [];

            // A list that grows at its head while it is read pushes items onto the next page: they are not new.
            var fresh = items.Where(i => !last.Contains(id(i))).ToList();
            foreach (var item in fresh)
            {
                yield return item;
            }

            if (fresh.Count == 0 || answer.Pagination is { } at && number >= at.PageCount)
            {
                yield break;
            }

            last = items.Select(id).ToHashSet(StringComparer.Ordinal);
        }
    }

    /// <summary>Sends a call for the time the server puts on its answer; null when it puts none.</summary>
    public async Task<DateTimeOffset?> TimeAsync(ApiRequest request, CancellationToken cancellationToken) =>
        (await AttemptAsync(request, (answer, _) => Task.FromResult(Tuple.Create(answer.Headers.Date)), cancellationToken).ConfigureAwait(false)).Item1;

    /// <summary>Sends a call whose answer is read by the caller; the stream owns the answer.</summary>
    public Task<Stream> SendForStreamAsync(ApiRequest request, CancellationToken cancellationToken) =>
        AttemptAsync(
            request,
            async (answer, limit) =>
            {
                var body = await answer.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false);
                limit.Rest();
                return (Stream)new AnswerStream(body, answer, limit);
            },
            cancellationToken,
            keep: true);

    public void Dispose() => http.Dispose();

    private async Task<T> AttemptAsync<T>(ApiRequest request, Func<HttpResponseMessage, AttemptLimit, Task<T>> read, CancellationToken cancellationToken, bool keep = false)
    {
        var key = request.Options?.IdempotencyKey ?? Guid.NewGuid().ToString("N");
        var retries = request.Options?.MaxRetries ?? options.MaxRetries;
        for (var attempt = 1; ; attempt++)
        {
            var fault = default(FlatfileApiException);
            var limit = new AttemptLimit(request.Options?.Timeout ?? options.Timeout, options.TimeProvider, cancellationToken);
            var answer = default(HttpResponseMessage);
            var kept = false;
            try
            {
                using var message = Write(request, key, limit);
                answer = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
                if (answer.IsSuccessStatusCode)
                {
                    var result = await read(answer, limit).ConfigureAwait(false);
                    kept = keep;
                    return result;
                }

                var asked = Backoff.Asked(answer.Headers.RetryAfter, options.TimeProvider.GetUtcNow());
                fault = await AnswerFault.ReadAsync(answer, request, asked, limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException late) when (limit.Passed && !cancellationToken.IsCancellationRequested)
            {
                fault = AnswerFault.Unreachable(request, $"it took longer than {limit.Time.TotalSeconds:0.#} seconds.", late);
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
            {
                fault = answer is null
                    ? AnswerFault.Unreachable(request, WhyOf(broken), broken)
                    : AnswerFault.BadAnswer(request, answer, "it broke off.", broken);
            }
            finally
            {
                if (!kept)
                {
                    answer?.Dispose();
                    limit.Dispose();
                }
            }

            fault.Attempts = attempt;
            cancellationToken.ThrowIfCancellationRequested();
            if (attempt > retries || !MayRepeat(fault) || !request.CanRepeat())
            {
                throw fault;
            }

            await Task.Delay(WaitBefore(attempt, fault), options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What is wrong with a certificate stands one fault further in.</summary>
    private static string WhyOf(Exception broken) =>
        broken is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: { } why } ? why.Message : broken.Message;

    private static bool MayRepeat(FlatfileApiException fault) =>
        fault.IsTransient || fault is { Code: FlatfileErrorCode.BadAnswer, InnerException: HttpRequestException or IOException };

    private TimeSpan WaitBefore(int attempt, FlatfileApiException fault) =>
        fault.RetryAfter is { } asked
            ? asked < options.MaxRetryAfter ? asked : options.MaxRetryAfter
            : Backoff.After(attempt, Random.Shared.NextDouble());

    private HttpRequestMessage Write(ApiRequest request, string idempotencyKey, AttemptLimit limit)
    {
        var message = new HttpRequestMessage(request.Method, request.Address) { Content = request.Content?.Invoke(limit) };
        var headers = message.Headers;
        if (options.Token is { Length: > 0 } token)
        {
            headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        // Repeats of these are safe only because the server can tell that they are repeats.
        if (request.Method == HttpMethod.Post || request.Method == HttpMethod.Patch || request.Options?.IdempotencyKey is not null)
        {
            headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        }

        headers.ExpectContinue = request.AsksFirst ? true : null;
        if (request.Options?.ReturnMinimal == true)
        {
            headers.TryAddWithoutValidation("Prefer", "return=minimal");
        }

        if (request.Options?.ForceHooks == true)
        {
            headers.TryAddWithoutValidation("x-force-hooks", "true");
        }
        else
        {
            headers.TryAddWithoutValidation("X-Disable-Hooks", "true");
        }

        if (addTrace && Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } trace })
        {
            headers.TryAddWithoutValidation("traceparent", trace);
        }

        return message;
    }

    private async Task<T> ReadJsonAsync<T>(ApiRequest request, HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var body = new LimitedStream(await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), options.MaxAnswerBytes);
        try
        {
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken).ConfigureAwait(false)
                ?? throw AnswerFault.BadAnswer(request, answer, "it is null.");
        }
        catch (Exception fault) when (fault is JsonException or InvalidDataException or NotSupportedException)
        {
            throw AnswerFault.BadAnswer(request, answer, fault.Message, fault);
        }
    }
}
