using System.Security.Cryptography;
using System.Text;

namespace Flatfile.Agent.Core.Drivers.Webhook;

/// <summary>A secret of the Standard Webhooks form: <c>whsec_</c> and the key in base64.</summary>
internal static class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int FewestBytes = 24;

    /// <summary>The key; null when the text is no secret or too short to be one.</summary>
    public static byte[]? Read(string text)
    {
        var encoded = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text;
        var key = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, key, out var length) && length >= FewestBytes ? key[..length] : null;
    }

    /// <summary>The signature of a message: over its id, its time and its body as they travel.</summary>
    public static byte[] Sign(byte[] key, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
