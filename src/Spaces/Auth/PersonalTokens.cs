using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Auth.Users;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Auth;

/// <summary>Personal access tokens: long-lived, of a user or a key, and good for as long as both they and their owner are there. Only their hash is stored.</summary>
internal sealed class PersonalTokens(CentralStore central, KeyRing ring, AccessTokens tokens)
{
    private const string Prefix = "pat_";
    private const string Kind = "personal";
    private const int Letters = 43;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Whether a text could be one.</summary>
    public static bool Fits(string? text) =>
        text is not null && text.Length == Prefix.Length + Letters && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.AsSpan(Prefix.Length).IndexOfAnyExcept(Alphabet) < 0;

    /// <summary>Adds one and answers its body; the token itself is shown this once.</summary>
    public static (string Token, JsonObject Body) Add(CentralWrite change, string owner, string name)
    {
        var token = Prefix + RandomNumberGenerator.GetString(Alphabet, Letters);
        var body = new JsonObject { ["id"] = RandomId.New(IdPrefix.PersonalToken), ["name"] = name, ["createdAt"] = change.NowText };
        change.Connection.Execute(
            "INSERT INTO tokens(id, kind, hash, owner, body) VALUES ($id, $kind, $hash, $owner, $body)",
            ("$id", body.Text("id")), ("$kind", Kind), ("$hash", Hash(token)), ("$owner", owner), ("$body", Wire.Text(body)));
        return (token, body);
    }

    /// <summary>Those of an owner.</summary>
    public static List<JsonObject> List(SqliteConnection connection, string owner) => connection.Rows(
        "SELECT body FROM tokens WHERE kind = $kind AND owner = $owner ORDER BY number", row => Wire.Parse(row.GetString(0)), ("$kind", Kind), ("$owner", owner));

    /// <summary>Removes one; 404 when it is not the owner's.</summary>
    public static void Delete(CentralWrite change, string owner, string id)
    {
        if (change.Connection.Execute("DELETE FROM tokens WHERE id = $id AND kind = $kind AND owner = $owner", ("$id", id), ("$kind", Kind), ("$owner", owner)) == 0)
        {
            throw ApiRefusal.NotFound("personal access token", id);
        }
    }

    /// <summary>The caller a token is of, or null.</summary>
    public async Task<Principal?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var found = await central.ReadAsync(
            connection => connection.Scalar("SELECT owner FROM tokens WHERE kind = $kind AND hash = $hash", ("$kind", Kind), ("$hash", Hash(token))) is string owner
                ? Tuple.Create(owner, UserStore.Principal(connection, owner, UserStore.Generation(connection, owner), central.AccountId, ring.HomeEnvironment))
                : null,
            cancellationToken).ConfigureAwait(false);
        return found is null ? null : found.Item2 ?? tokens.OfKey(found.Item1);
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
