using System.Security.Cryptography;
using System.Text;

namespace Flatfile.Spaces.Auth;

/// <summary>Secret keys: 43 random word characters (256 bits) after <c>sk_</c>. Only their hash is stored.</summary>
internal static class SecretKey
{
    private const string Prefix = "sk_";
    private const int Letters = 43;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>A new key.</summary>
    public static string New() => Prefix + RandomNumberGenerator.GetString(Alphabet, Letters);

    /// <summary>Whether a text could be a key.</summary>
    public static bool Fits(string? text) =>
        text is not null && text.Length == Prefix.Length + Letters && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.AsSpan(Prefix.Length).IndexOfAnyExcept(Alphabet) < 0;

    /// <summary>What is stored. The key is random and long, so a plain hash cannot be reversed.</summary>
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
