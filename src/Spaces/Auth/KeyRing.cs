using System.Collections.Frozen;
using System.Security.Cryptography;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Auth;

/// <summary>All keys and environments, in memory: a revoked key is refused with the next call. A change swaps the whole ring.</summary>
internal sealed class KeyRing
{
    private readonly CentralStore _central;
    private readonly byte[] _processHash;
    private volatile Content _content = new([], FrozenSet<string>.Empty);

    public KeyRing(CentralStore central)
    {
        _central = central;
        ProcessKey = SecretKey.New();
        _processHash = SecretKey.Hash(ProcessKey);
    }

    /// <summary>Opens what the development key opens, to whoever works in this process. It stands nowhere and ends with the process.</summary>
    public string ProcessKey { get; }

    /// <summary>Where those work at first who manage the account: the environment of the development key.</summary>
    public string HomeEnvironment => _content.Keys.FirstOrDefault(key => key.IsDevelopment)?.EnvironmentId ?? "";

    /// <summary>Whether there is such an environment.</summary>
    public bool HasEnvironment(string id) => _content.Environments.Contains(id);

    /// <summary>Reads keys and environments again after a change.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken) =>
        _content = await _central.ReadAsync(Read, cancellationToken).ConfigureAwait(false);

    /// <summary>The key a token is, or null. Takes the same time for every wrong token.</summary>
    public KnownKey? Find(string token)
    {
        if (!SecretKey.Fits(token) && !PublishableKey.Fits(token))
        {
            return null;
        }

        var hash = SecretKey.Hash(token);
        KnownKey? found = null;
        foreach (var key in _content.Keys)
        {
            found = CryptographicOperations.FixedTimeEquals(key.Hash, hash) ? key : found;
        }

        return found;
    }

    /// <summary>The development key when the token is that of this process, else null.</summary>
    public KnownKey? FindProcess(string token) =>
        SecretKey.Fits(token) && CryptographicOperations.FixedTimeEquals(_processHash, SecretKey.Hash(token)) ? _content.Keys.FirstOrDefault(key => key.IsDevelopment) : null;

    /// <summary>A key by its id, or null.</summary>
    public KnownKey? ById(string id) => _content.Keys.FirstOrDefault(key => key.Id == id);

    private static Content Read(SqliteConnection connection) => new(
        connection.Rows(
            "SELECT id, hash, environment, development, publishable FROM keys",
            row => new KnownKey(row.GetString(0), (byte[])row[1], row.GetString(2), row.GetInt64(3) != 0, row.GetInt64(4) != 0)),
        connection.Rows("SELECT id FROM environments", row => row.GetString(0)).ToFrozenSet(StringComparer.Ordinal));

    private sealed record Content(IReadOnlyList<KnownKey> Keys, FrozenSet<string> Environments);
}
