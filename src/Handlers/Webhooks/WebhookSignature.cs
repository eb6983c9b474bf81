using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Flatfile.Agent.Handlers.Webhooks;

/// <summary>Signs messages in the form of Standard Webhooks: an HMAC-SHA256 over id, time and body.</summary>
internal sealed class WebhookSignature
{
    private const string Prefix = "whsec_";
    private const int FewestBytes = 24;

    private readonly byte[][] _keys;

    private WebhookSignature(byte[][] keys) => _keys = keys;

    /// <summary>Reads the secrets; null when one of them is none.</summary>
    public static WebhookSignature? Of(string? secrets)
    {
        List<byte[]?> keys = [.. (secrets ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Read)];
        return keys.Count == 0 || keys.Contains(null) ? null : new WebhookSignature([.. keys.Select(k => k!)]);
    }

    /// <summary>Adds the three headers.</summary>
    public void Sign(HttpRequestMessage request, string id, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signatures = new List<string>();
        foreach (var key in _keys)
        {
            using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
            hash.AppendData(Encoding.UTF8.GetBytes($"{id}.{time}."));
            hash.AppendData(body);
            signatures.Add("v1," + Convert.ToBase64String(hash.GetHashAndReset()));
        }

        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", time);
        request.Headers.Add("webhook-signature", string.Join(' ', signatures));
    }

    private static byte[]? Read(string text)
    {
        var encoded = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text;
        var key = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, key, out var length) && length >= FewestBytes ? key[..length] : null;
    }
}
