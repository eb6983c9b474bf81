using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Flatfile.Agent.Core.Startup;

namespace Flatfile.Agent.Core.Drivers.Webhook;

/// <summary>Decides whose requests count: signed in the Standard Webhooks form, with a token, or without credentials from this machine.</summary>
internal sealed class WebhookCredentials
{
    private const string Version = "v1,";
    private const int MostSignatures = 20;
    private const int LongestId = 256;

    private readonly byte[][] _keys;
    private readonly byte[][] _tokens;
    private readonly TimeSpan _tolerance;
    private readonly TimeProvider _time;

    public WebhookCredentials(IOptions<AgentOptions> options, TimeProvider time)
    {
        var webhook = options.Value.Webhook;
        _keys = [.. webhook.Secrets.Select(WebhookSecret.Read).OfType<byte[]>()];
        _tokens = [.. webhook.Tokens.Where(t => t.Length > 0).Select(Digest)];
        _tolerance = webhook.Tolerance;
        _time = time;
    }

    /// <summary>False when everybody on this machine may post.</summary>
    public bool AreRequired => _keys.Length + _tokens.Length > 0;

    /// <summary>Looks at the headers. What they cannot make good is refused before the body is read.</summary>
    public WebhookCaller Look(HttpRequest request)
    {
        if (!AreRequired)
        {
            return WithoutCredentials(request);
        }

        if (_keys.Length > 0 && request.Headers.ContainsKey("webhook-signature"))
        {
            return Signed(request);
        }

        return HasToken(request) ? WebhookCaller.Trusted : WebhookCaller.Refused("no signature and no right token");
    }

    /// <summary>Looks at the body as it travelled; true when nothing speaks against the sender.</summary>
    public bool Accepts(WebhookCaller caller, ReadOnlySpan<byte> body)
    {
        if (caller.Id is not { } id)
        {
            return caller.Refusal is null;
        }

        var good = false;
        foreach (var key in _keys)
        {
            var expected = WebhookSecret.Sign(key, id, caller.Timestamp, body);
            foreach (var signature in caller.Signatures)
            {
                // No early end: how long it takes must not tell which of them was near.
                good |= CryptographicOperations.FixedTimeEquals(expected, signature);
            }
        }

        return good;
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    /// <summary>A request that came through a proxy or under another name than this machine's is a stranger's.</summary>
    private static WebhookCaller WithoutCredentials(HttpRequest request)
    {
        if (request.HttpContext.Connection.RemoteIpAddress is { } remote && !IPAddress.IsLoopback(remote))
        {
            return WebhookCaller.Refused("no credentials are set and the sender is on another machine");
        }

        if (request.Headers.ContainsKey("X-Forwarded-For") || request.Headers.ContainsKey("Forwarded") || !IsLoopback(request.Host.Host))
        {
            return WebhookCaller.Refused("no credentials are set and the request came from elsewhere through this machine");
        }

        // A page in a browser can post anything but this without being asked.
        return request.HasJsonContentType() ? WebhookCaller.Trusted : WebhookCaller.Refused("no credentials are set and the content is not application/json");
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    private WebhookCaller Signed(HttpRequest request)
    {
        var id = request.Headers["webhook-id"].ToString();
        var timestamp = request.Headers["webhook-timestamp"].ToString();
        if (id.Length is 0 or > LongestId)
        {
            return WebhookCaller.Refused("no webhook-id, or one that is too long");
        }

        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs((double)(_time.GetUtcNow().ToUnixTimeSeconds() - seconds)) > _tolerance.TotalSeconds)
        {
            return WebhookCaller.Refused("its time is missing or too far from ours");
        }

        var signatures = request.Headers["webhook-signature"].ToString().Split(' ', MostSignatures + 1, StringSplitOptions.RemoveEmptyEntries)
            .Take(MostSignatures).Where(s => s.StartsWith(Version, StringComparison.Ordinal)).Select(s => Decode(s[Version.Length..])).OfType<byte[]>().ToList();
        return signatures.Count == 0
            ? WebhookCaller.Refused("no readable signature of version v1")
            : new WebhookCaller(null, id, timestamp, signatures);
    }

    private bool HasToken(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var given = Digest(header[Scheme.Length..].Trim());
        var good = false;
        foreach (var token in _tokens)
        {
            good |= CryptographicOperations.FixedTimeEquals(token, given);
        }

        return good;
    }

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length == SHA256.HashSizeInBytes ? bytes[..length] : null;
    }
}
