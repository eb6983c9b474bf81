using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Flatfile.Spaces.Auth;

/// <summary>Addresses, narrowly: one <c>@</c>, plain letters, a host name behind it. What is odder is refused rather than guessed at.</summary>
internal static class EmailAddress
{
    private const int Longest = 254;
    private const string LocalLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~.";
    private const string HostLetters = "abcdefghijklmnopqrstuvwxyz0123456789-";

    /// <summary>The address in lower case; false when it is none.</summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out string? address)
    {
        address = null;
        if (text is null || text.Length > Longest || !Ascii.IsValid(text) || text.IndexOf('@', StringComparison.Ordinal) is not (> 0 and var at)
            || text.AsSpan(0, at).IndexOfAnyExcept(LocalLetters) >= 0)
        {
            return false;
        }

        var lower = Lower(text);
        if (!IsHost(lower.AsSpan(at + 1)))
        {
            return false;
        }

        address = lower;
        return true;
    }

    /// <summary>A domain as <c>allowedDomains</c> takes it, with or without the <c>@</c>, in lower case; false when it is none.</summary>
    public static bool TryReadDomain(string? text, [NotNullWhen(true)] out string? domain)
    {
        domain = text is null || text.Length > Longest || !Ascii.IsValid(text) ? null : Lower(text.StartsWith('@') ? text[1..] : text);
        if (domain is not null && IsHost(domain))
        {
            return true;
        }

        domain = null;
        return false;
    }

    /// <summary>What stands behind the <c>@</c> of an address that was read.</summary>
    public static string DomainOf(string address) => address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..];

    private static bool IsHost(ReadOnlySpan<char> host)
    {
        if (host.IsEmpty)
        {
            return false;
        }

        foreach (var part in host.Split('.'))
        {
            var label = host[part];
            if (label.IsEmpty || label.Length > 63 || label[0] == '-' || label[^1] == '-' || label.IndexOfAnyExcept(HostLetters) >= 0)
            {
                return false;
            }
        }

        return true;
    }

#pragma warning disable CA1308 // Addresses are written in lower case.
    private static string Lower(string text) => text.ToLowerInvariant();
#pragma warning restore CA1308
}
