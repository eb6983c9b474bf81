using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Flatfile.Agent.Handlers.Webhooks;

/// <summary>Sends signed messages to one address: again after a while when the receiver is busy or away, never when it refuses.</summary>
internal sealed class WebhookSender : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly WebhookOptions _options;
    private readonly WebhookSignature _signature;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    /// <param name="options">Where to and how.</param>
    /// <param name="time">The clock of signatures and waits.</param>
    /// <param name="connection">How it connects; null for the guarded way with the options' private hosts.</param>
    /// <exception cref="WebhookRefusedException">Address or secret are missing or wrong.</exception>
    public WebhookSender(WebhookOptions options, TimeProvider time, GuardedConnection? connection = null)
    {
        Address = WebhookTarget.Of(options.Url, options.PrivateHosts);
        _signature = WebhookSignature.Of(options.Secret) ?? throw new WebhookRefusedException(
            "The webhook has no secret to sign with, or one that is none. Set Secret to whsec_ and at least 24 random bytes in base64, and give it to the receiver.");
        (_options, _time) = (options, time);
        _http = new HttpClient((connection ?? new GuardedConnection(options.PrivateHosts)).Handler()) { Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds) };
    }

    /// <summary>Where messages go.</summary>
    public Uri Address { get; }

    /// <summary>Sends one message.</summary>
    /// <param name="id">The same for the same message, whenever it is sent: by it a receiver knows repeats.</param>
    /// <param name="json">The message.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What the receiver answered.</returns>
    /// <exception cref="WebhookRefusedException">The receiver refused it, or it may not be sent there.</exception>
    /// <exception cref="WebhookUnreachableException">No attempt succeeded.</exception>
    public async Task<ReadOnlyMemory<byte>> SendAsync(string id, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (answer, fault, wait) = await TryAsync(id, json, cancellationToken);
            if (fault is null)
            {
                return answer;
            }

            if (attempt >= _options.MaxAttempts)
            {
                throw new WebhookUnreachableException($"{Address.Host} did not take the message in {attempt} attempts, at last: {fault}. See whether the receiver runs, then try again.");
            }

            await Task.Delay(wait ?? Backoff(attempt), _time, cancellationToken);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task<(ReadOnlyMemory<byte> Answer, string? Fault, TimeSpan? Wait)> TryAsync(string id, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        try
        {
            using var request = Request(id, json);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return (await ReadAsync(response, cancellationToken), null, null);
            }

            var status = string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {response.StatusCode}");
            return IsPassing(response.StatusCode) ? (default, $"it answered {status}", Asked(response.Headers.RetryAfter)) : throw Refused(status, response.StatusCode);
        }
        catch (HttpRequestException fault) when (fault.InnerException is WebhookRefusedException refused)
        {
            throw new WebhookRefusedException(refused.Message, fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return (default, $"it could not be reached ({(fault as HttpRequestException)?.HttpRequestError ?? HttpRequestError.Unknown})", null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (default, $"it did not answer within {_options.TimeoutSeconds} seconds", null);
        }
    }

    private HttpRequestMessage Request(string id, ReadOnlyMemory<byte> json)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Address) { Content = new ReadOnlyMemoryContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        _signature.Sign(request, id, json.Span, _time.GetUtcNow());
        foreach (var (name, value) in _options.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // The client's own limit of time ends with the headers.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(_options.TimeoutSeconds));
        await using var body = await response.Content.ReadAsStreamAsync(limit.Token);
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, limit.Token) is > 0 and var length)
        {
            read.Write(buffer, 0, length);
            if (read.Length > _options.MaxAnswerBytes)
            {
                throw new WebhookRefusedException(
                    $"{Address.Host} took the message and answered with more than {_options.MaxAnswerBytes:N0} bytes. Answer with the rejected records alone, send smaller pages, or raise MaxAnswerBytes.");
            }
        }

        return read.ToArray();
    }

    private WebhookRefusedException Refused(string status, HttpStatusCode code) => new($"{Address.Host} refused the message: it answered {status}. " + ((int)code switch
    {
        >= 300 and < 400 => "Redirects are not followed: set Url of the webhook to where it leads.",
        401 or 403 => "Check that the receiver knows the webhook's secret, and its headers.",
        404 or 405 or 410 => "Check the path in Url of the webhook.",
        413 => "Send smaller pages: lower pageSize.",
        _ => "The receiver's log says why; correct it there and submit again.",
    }));

    private static bool IsPassing(HttpStatusCode code) => (int)code is 408 or 425 or 429 or >= 500;

    private TimeSpan? Asked(RetryConditionHeaderValue? header)
    {
        var asked = header?.Delta ?? (header?.Date - _time.GetUtcNow());
        return asked is not { } wait ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait;
    }

    /// <summary>1 s, 2 s, 4 s … up to a minute, each up to a fifth longer or shorter.</summary>
    private static TimeSpan Backoff(int attempt) =>
        TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt - 1), LongestWait.TotalSeconds) * (0.8 + (0.4 * Random.Shared.NextDouble())));
}
