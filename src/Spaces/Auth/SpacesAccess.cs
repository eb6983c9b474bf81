using System.Text.Json.Nodes;
using Flatfile.Spaces.Auth.Roles;
using Flatfile.Spaces.Environments;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;
using Flatfile.Sqlite;

namespace Flatfile.Spaces.Auth;

/// <summary>Makes the first environment and its key, and keeps the key's clear text in a file only its owner can read.</summary>
internal sealed class SpacesAccess(DataFolder folder, CentralStore central, KeyRing ring) : ISpacesAccess
{
    private string? _key;
    private string? _environment;

    /// <inheritdoc />
    public string DevelopmentKey => _key ?? throw NotStarted();

    /// <inheritdoc />
    public string ProcessKey => ring.ProcessKey;

    /// <inheritdoc />
    public string EnvironmentId => _environment ?? throw NotStarted();

    /// <inheritdoc />
    public string AccountId => central.AccountId;

    /// <inheritdoc />
    public string DataFolder => folder.Root;

    /// <inheritdoc />
    public string SqliteLibrary => Flatfile.Sqlite.SqliteLibrary.Use();

    /// <summary>Finds or makes environment and key.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var key = await ReadKeyAsync(cancellationToken).ConfigureAwait(false);
        _environment = await central.WriteAsync("", "", change =>
        {
            ActorRoles.Ensure(change);
            return Ensure(change, SecretKey.Hash(key));
        }, cancellationToken).ConfigureAwait(false);
        _key = key;
        await ring.ReloadAsync(cancellationToken).ConfigureAwait(false);
    }

    private static InvalidOperationException NotStarted() => new("Spaces has not started: its host must run first.");

    /// <summary>Whoever can write the data folder already owns everything in it, so a key found there is taken as it is.</summary>
    private async Task<string> ReadKeyAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(folder.DevelopmentKey))
        {
            var found = (await File.ReadAllTextAsync(folder.DevelopmentKey, cancellationToken).ConfigureAwait(false)).Trim();
            if (SecretKey.Fits(found))
            {
                return found;
            }
        }

        var key = SecretKey.New();
        var settings = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        File.Delete(folder.DevelopmentKey);
        var file = new StreamWriter(folder.DevelopmentKey, settings);
        await using var closing = file.ConfigureAwait(false);
        await file.WriteLineAsync(key.AsMemory(), cancellationToken).ConfigureAwait(false);
        return key;
    }

    private static string Ensure(CentralWrite change, byte[] hash)
    {
        var environment = change.Connection.Scalar("SELECT environment FROM keys WHERE development = 1") as string
            ?? EnvironmentStore.Add(change, new JsonObject { ["name"] = "development", ["isProd"] = false }).Text("id")!;
        if (change.Connection.Number("SELECT count(*) FROM keys WHERE development = 1 AND hash = $hash", ("$hash", hash)) == 0)
        {
            change.Connection.Execute("DELETE FROM keys WHERE development = 1");
            KeyStore.Add(change, environment, _ => hash, development: true);
        }

        return environment;
    }
}
