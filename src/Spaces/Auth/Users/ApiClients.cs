using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Auth.Users;

/// <summary>A user's credentials for programs: a client id and a secret that is shown once. Only its hash is stored.</summary>
internal static class ApiClients
{
    private const string Kind = "client";
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Adds one and answers its body, without the secret beside it.</summary>
    public static (string Secret, JsonObject Body) Add(CentralWrite change, string owner, string description)
    {
        var secret = RandomNumberGenerator.GetString(Alphabet, 43);
        var body = new JsonObject
        {
            ["clientId"] = "client_" + RandomNumberGenerator.GetString(Alphabet, 16),
            ["description"] = description,
            ["metadata"] = new JsonObject(),
            ["createdAt"] = change.NowText,
        };
        change.Connection.Execute(
            "INSERT INTO tokens(id, kind, hash, owner, body) VALUES ($id, $kind, $hash, $owner, $body)",
            ("$id", body.Text("clientId")), ("$kind", Kind), ("$hash", Hash(secret)), ("$owner", owner), ("$body", Wire.Text(body)));
        return (secret, body);
    }

    /// <summary>Those of a user.</summary>
    public static List<JsonObject> List(SqliteConnection connection, string owner) => connection.Rows(
        "SELECT body FROM tokens WHERE kind = $kind AND owner = $owner ORDER BY number", row => Wire.Parse(row.GetString(0)), ("$kind", Kind), ("$owner", owner));

    /// <summary>Whose credentials these are; null when they are not good.</summary>
    public static string? OwnerOf(SqliteConnection connection, string clientId, string secret)
    {
        var row = connection.Row(
            "SELECT owner, hash FROM tokens WHERE id = $id AND kind = $kind", found => Tuple.Create(found.GetString(0), (byte[])found[1]), ("$id", clientId), ("$kind", Kind));
        return CryptographicOperations.FixedTimeEquals(row?.Item2 ?? new byte[32], Hash(secret)) ? row?.Item1 : null;
    }

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
