using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Flatfile.Spaces.Auth;

/// <summary>Short-lived tokens that prove themselves: what for, whose, until when, signed with the secret of this data folder.</summary>
/// <remarks>
/// <c>&lt;kind&gt;_&lt;base64url of {"s":subject,"e":expiry,"n":nonce}&gt;.&lt;base64url of HMAC-SHA256&gt;</c>. Nothing is stored, so a token cannot be
/// revoked by itself: who needs that puts the id of a row into the subject and looks whether the row is still there.
/// </remarks>
internal sealed class SignedToken(TokenSecret secret, TimeProvider time)
{
    private const int NonceBytes = 6;
    private const int MostLetters = 4096;

    /// <summary>A new token.</summary>
    /// <param name="kind">Lower-case letters. A token of one kind is never good for another.</param>
    /// <param name="subject">Whose, or what for: any text the kind understands.</param>
    /// <param name="life">How long it is good.</param>
    public string Issue(string kind, string subject, TimeSpan life) =>
        Issue(kind, subject, time.GetUtcNow() + life, RandomNumberGenerator.GetHexString(NonceBytes * 2, lowercase: true));

    /// <summary>The same token all day long, for answers that are to be equal when they are asked for again. It ends with a day, after this life at the earliest.</summary>
    public string IssueForToday(string kind, string subject, TimeSpan life) =>
        Issue(kind, subject, new DateTimeOffset((time.GetUtcNow() + life).UtcDateTime.Date.AddDays(1), TimeSpan.Zero), "");

    /// <summary>The subject; null for a token of another kind, one that was changed, and one that is too old. Who asks need not know which.</summary>
    public string? Open(string kind, string? token) => Read(kind, token) is { } read && read.Expires > time.GetUtcNow() ? read.Subject : null;

    /// <summary>Subject and expiry of a genuine token, also of one that is too old.</summary>
    public (string Subject, DateTimeOffset Expires)? Read(string kind, string? token)
    {
        if (token is null || token.Length > MostLetters || !token.StartsWith(kind + "_", StringComparison.Ordinal)
            || token.Split('.') is not [var head, var signature])
        {
            return null;
        }

        var body = head[(kind.Length + 1)..];
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(kind, body)), Encoding.ASCII.GetBytes(signature)))
        {
            return null;
        }

        // Signed by us, so it has our form.
        var claims = JsonSerializer.Deserialize(System.Buffers.Text.Base64Url.DecodeFromChars(body), TokenJson.Default.TokenClaims)!;
        return (claims.Subject, DateTimeOffset.FromUnixTimeSeconds(claims.Expires));
    }

    private string Issue(string kind, string subject, DateTimeOffset expires, string nonce)
    {
        var body = Encode(JsonSerializer.SerializeToUtf8Bytes(new TokenClaims(subject, expires.ToUnixTimeSeconds(), nonce), TokenJson.Default.TokenClaims));
        return $"{kind}_{body}.{Sign(kind, body)}";
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private string Sign(string kind, string body) =>
        Encode(HMACSHA256.HashData(secret.Bytes, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind.Length}:{kind}.{body}"))));
}
