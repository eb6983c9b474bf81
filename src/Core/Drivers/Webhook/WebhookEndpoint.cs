using System.Diagnostics;
using System.Globalization;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Drivers.Webhook;

/// <summary>Takes posted events in. It answers 2xx only when everything of the body is durable; whatever else it answers, the sender comes again.</summary>
internal sealed partial class WebhookEndpoint
{
    private static readonly TimeSpan StoreIsAway = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SaidEvery = TimeSpan.FromSeconds(10);

    private readonly WebhookCredentials _credentials;
    private readonly WebhookQueue _queue;
    private readonly WebhookOptions _settings;
    private readonly RequestRate _rate;
    private readonly BufferedBytes _buffered;
    private readonly TimeProvider _time;
    private readonly ILogger<WebhookEndpoint> _log;
    private long _saidAt;

    public WebhookEndpoint(WebhookCredentials credentials, WebhookQueue queue, IOptions<AgentOptions> options, TimeProvider time, ILogger<WebhookEndpoint> log)
    {
        _credentials = credentials;
        _queue = queue;
        _settings = options.Value.Webhook;
        _rate = new RequestRate(_settings.Rate, _settings.Burst, time);
        _buffered = new BufferedBytes(_settings.MaxBufferedBytes);
        _time = time;
        _log = log;
    }

    public async Task HandleAsync(HttpContext http)
    {
        if (_rate.Refuse(http.Connection.RemoteIpAddress) is { } wait)
        {
            await LaterAsync(http, StatusCodes.Status429TooManyRequests, wait, "Too many requests.").ConfigureAwait(false);
            return;
        }

        var caller = _credentials.Look(http.Request);
        if (caller.Refusal is not null)
        {
            await RefuseAsync(http, caller.Refusal).ConfigureAwait(false);
            return;
        }

        // Counted here, with an answer of ours; the server's own limit is a lower one.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        var (body, refusal) = await WebhookBody.ReadAsync(http.Request, _settings.MaxBodyBytes, _buffered, http.RequestAborted).ConfigureAwait(false);
        using (body)
        {
            switch (refusal)
            {
                case StatusCodes.Status413PayloadTooLarge:
                    await AnswerAsync(http, refusal, $"The body is larger than {_settings.MaxBodyBytes} bytes.").ConfigureAwait(false);
                    return;
                case StatusCodes.Status429TooManyRequests:
                    await LaterAsync(http, refusal, TimeSpan.FromSeconds(1), "Too many bodies are being read at once.").ConfigureAwait(false);
                    return;
            }

            if (!_credentials.Accepts(caller, body!.Bytes.Span))
            {
                await RefuseAsync(http, "no signature fits the body").ConfigureAwait(false);
                return;
            }

            await TakeAsync(http, caller, body.Bytes).ConfigureAwait(false);
        }
    }

    private async Task TakeAsync(HttpContext http, WebhookCaller caller, ReadOnlyMemory<byte> body)
    {
        var header = http.Request.Headers["traceparent"].ToString();
        var trace = ActivityContext.TryParse(header, null, out _) ? header : null;
        var entry = new WebhookEvents(_settings.MaxEvents, trace, _time).Read(body) with { EntryId = caller.Id };
        QueueAnswer? answer;
        try
        {
            answer = await _queue.TryAddAsync(entry).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            NotStored(_log, fault);
            await LaterAsync(http, StatusCodes.Status503ServiceUnavailable, StoreIsAway, "The events could not be stored.").ConfigureAwait(false);
            return;
        }

        if (answer is not { } stored)
        {
            await LaterAsync(http, StatusCodes.Status503ServiceUnavailable, StoreIsAway, "Too many events wait already.").ConfigureAwait(false);
            return;
        }

        if (!stored.IsRepeated && entry.DeadLetters.Count > 0)
        {
            Unreadable(_log, entry.DeadLetters.Count, entry.DeadLetters[0].Reason);
        }

        http.Response.StatusCode = StatusCodes.Status202Accepted;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(
            string.Create(CultureInfo.InvariantCulture, $$"""{"received":{{entry.Events.Count}},"unreadable":{{entry.DeadLetters.Count}}}""")).ConfigureAwait(false);
    }

    /// <summary>The answer is the same whatever was wrong; only our log knows, and it is not filled by strangers.</summary>
    private Task RefuseAsync(HttpContext http, string why)
    {
        var last = Interlocked.Read(ref _saidAt);
        if ((last == 0 || _time.GetElapsedTime(last) >= SaidEvery) && Interlocked.CompareExchange(ref _saidAt, _time.GetTimestamp(), last) == last)
        {
            Refused(_log, http.Connection.RemoteIpAddress?.ToString(), why);
        }

        http.Response.Headers.WWWAuthenticate = "Bearer";
        return AnswerAsync(http, StatusCodes.Status401Unauthorized, "The request is not signed as it must be, or its token is wrong.");
    }

    private static Task LaterAsync(HttpContext http, int status, TimeSpan wait, string message)
    {
        http.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return AnswerAsync(http, status, message);
    }

    private static Task AnswerAsync(HttpContext http, int status, string message)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync($$"""{"errors":[{"key":"general","message":"{{message}}"}]}""");
    }
}
