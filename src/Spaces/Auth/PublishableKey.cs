using System.Security.Cryptography;
using System.Text;

namespace Flatfile.Spaces.Auth;

/// <summary>
/// Publishable keys: <c>pk_</c> and 43 word characters that follow from the key's id and the secret of the data folder. They stand in web pages and may be
/// asked for again, yet no database or copy of one holds them: it takes the secret to make them.
/// </summary>
internal sealed class PublishableKey(TokenSecret secret)
{
    private const string Prefix = "pk_";
    private const int Letters = 43;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>The key of an id.</summary>
    public string Of(string id)
    {
        Span<byte> bytes = stackalloc byte[64];
        HMACSHA512.HashData(secret.Bytes, Encoding.UTF8.GetBytes("publishable-key:" + id), bytes);
        return string.Create(Prefix.Length + Letters, bytes, (text, random) =>
        {
            Prefix.CopyTo(text);
            for (var i = 0; i < Letters; i++)
            {
                text[Prefix.Length + i] = Alphabet[random[i] % Alphabet.Length];
            }
        });
    }

    /// <summary>Whether a text could be a publishable key.</summary>
    public static bool Fits(string? text) =>
        text is not null && text.Length == Prefix.Length + Letters && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.AsSpan(Prefix.Length).IndexOfAnyExcept(Alphabet) < 0;
}
