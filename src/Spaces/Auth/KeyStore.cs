using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Auth;

/// <summary>The rows of keys.</summary>
internal static class KeyStore
{
    /// <summary>Adds a key and answers its body, which never holds the key itself.</summary>
    public static JsonObject Add(CentralWrite change, string environment, byte[] hash, bool development)
    {
        var body = new JsonObject
        {
            ["id"] = RandomId.New(IdPrefix.Key),
            ["type"] = "SECRET",
            ["environmentId"] = environment,
            ["accountId"] = change.AccountId,
            ["operations"] = new JsonArray(),
            ["createdAt"] = change.NowText,
            ["updatedAt"] = change.NowText,
        };
        change.Connection.Execute(
            "INSERT INTO keys(id, hash, environment, development, body) VALUES ($id, $hash, $environment, $development, $body)",
            ("$id", body.Text("id")), ("$hash", hash), ("$environment", environment), ("$development", development ? 1 : 0), ("$body", Wire.Text(body)));
        return body;
    }
}
