using System.Security.Cryptography;
using System.Text;
using Flatfile.Agent.Host.Operating;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Host.Dashboard.Access;

/// <summary>The keys that open the pages, and what each allows.</summary>
internal sealed class DashboardKeys(OperatorKey operatorKey, IOptions<DashboardAccessOptions> options)
{
    /// <summary>The shortest key that is taken, in characters.</summary>
    public const int Shortest = 32;

    /// <summary>What a key allows; null when it is none of ours. Takes the same time whatever it is.</summary>
    public DashboardRole? RoleOf(string key)
    {
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        var isOperator = operatorKey.Opens("Bearer " + key);
        var isReader = CryptographicOperations.FixedTimeEquals(given, ReaderHash() ?? new byte[given.Length]);
        return isOperator ? DashboardRole.Operator : isReader ? DashboardRole.Reader : null;
    }

    /// <summary>Changes when the key of this role does: a sign-in with an old key is over then. Tells nothing of the key.</summary>
    public string Stamp(DashboardRole role)
    {
        var hash = role == DashboardRole.Operator ? operatorKey.Fingerprint : ReaderHash();
        return Convert.ToHexStringLower(HMACSHA256.HashData(hash, "flatfile-agent sign-in"u8))[..32];
    }

    private byte[]? ReaderHash() => options.Value.ReaderKey is { Length: >= Shortest } key ? SHA256.HashData(Encoding.UTF8.GetBytes(key)) : null;
}
