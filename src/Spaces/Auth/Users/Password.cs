using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Flatfile.Spaces.Auth.Users;

/// <summary>Passwords as they are stored: PBKDF2 with SHA-256, its rounds and salt beside it.</summary>
internal static class Password
{
    public const int Shortest = 10;
    public const int Longest = 200;
    private const int Rounds = 600_000;
    private const int Bytes = 32;

    /// <summary>Few at once: each takes a good part of a second of a processor.</summary>
    private static readonly SemaphoreSlim Turn = new(2, 2);

    /// <summary>What stands in for a password nobody has, so that a wrong name takes as long as a wrong password.</summary>
    private static readonly string Nobody = Format(new byte[16], new byte[Bytes]);

    /// <summary>The text to store.</summary>
    public static async Task<string> HashAsync(string password, CancellationToken cancellationToken)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return Format(salt, await DeriveAsync(password, salt, Rounds, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Whether a password is the one stored; takes its time also when none is.</summary>
    public static async Task<bool> FitsAsync(string password, string? stored, CancellationToken cancellationToken)
    {
        var parts = (stored ?? Nobody).Split('$');
        var derived = await DeriveAsync(
            password, Convert.FromBase64String(parts[2]), int.Parse(parts[1], CultureInfo.InvariantCulture), cancellationToken).ConfigureAwait(false);
        return CryptographicOperations.FixedTimeEquals(derived, Convert.FromBase64String(parts[3])) && stored is not null;
    }

    private static string Format(byte[] salt, byte[] hash) =>
        string.Create(CultureInfo.InvariantCulture, $"pbkdf2-sha256${Rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");

    private static async Task<byte[]> DeriveAsync(string password, byte[] salt, int rounds, CancellationToken cancellationToken)
    {
        await Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(
                () => Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, rounds, HashAlgorithmName.SHA256, Bytes), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            Turn.Release();
        }
    }
}
