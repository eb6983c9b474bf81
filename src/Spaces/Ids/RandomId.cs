using System.Security.Cryptography;

namespace Flatfile.Spaces.Ids;

/// <summary>Ids of the few things outside spaces: accounts, environments, keys, secrets. They are found by a table, not by their letters.</summary>
internal static class RandomId
{
    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>A new id with this prefix.</summary>
    public static string New(string prefix) => prefix + RandomNumberGenerator.GetString(Letters, 8);

    /// <summary>Whether a text has the form of such an id.</summary>
    public static bool Fits(string prefix, string? text) =>
        text is not null && text.Length == prefix.Length + 8 && text.StartsWith(prefix, StringComparison.Ordinal)
        && text.AsSpan(prefix.Length).IndexOfAnyExcept(Letters) < 0;
}
