using System.Security.Cryptography;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Auth;

/// <summary>All keys, in memory: a revoked key is refused with the next call. Changed keys swap the whole ring.</summary>
internal sealed class KeyRing(CentralStore central)
{
    private volatile IReadOnlyList<KnownKey> _keys = [];

    /// <summary>Reads the keys again after a change.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken) =>
        _keys = await central.ReadAsync(Read, cancellationToken).ConfigureAwait(false);

    /// <summary>The key a token is, or null. Takes the same time for every wrong token.</summary>
    public KnownKey? Find(string token)
    {
        if (!SecretKey.Fits(token))
        {
            return null;
        }

        var hash = SecretKey.Hash(token);
        KnownKey? found = null;
        foreach (var key in _keys)
        {
            found = CryptographicOperations.FixedTimeEquals(key.Hash, hash) ? key : found;
        }

        return found;
    }

    private static IReadOnlyList<KnownKey> Read(SqliteConnection connection) => connection.Rows(
        "SELECT id, hash, environment, development FROM keys",
        row => new KnownKey(row.GetString(0), (byte[])row[1], row.GetString(2), row.GetInt64(3) != 0));
}
