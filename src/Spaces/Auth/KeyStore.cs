using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Auth;

/// <summary>The rows of keys.</summary>
internal static class KeyStore
{
    /// <summary>Adds a key and answers its body, which never holds the key itself. The key may follow from its id.</summary>
    public static JsonObject Add(CentralWrite change, string environment, Func<string, byte[]> hash, bool development = false, bool publishable = false)
    {
        var body = new JsonObject
        {
            ["id"] = RandomId.New(IdPrefix.Key),
            ["type"] = publishable ? "PUBLISHABLE" : "SECRET",
            ["environmentId"] = environment,
            ["accountId"] = change.AccountId,
            ["operations"] = new JsonArray(),
            ["createdAt"] = change.NowText,
            ["updatedAt"] = change.NowText,
        };
        change.Connection.Execute(
            "INSERT INTO keys(id, hash, environment, development, publishable, body) VALUES ($id, $hash, $environment, $development, $publishable, $body)",
            ("$id", body.Text("id")), ("$hash", hash(body.Text("id")!)), ("$environment", environment), ("$development", development ? 1 : 0), ("$publishable", publishable ? 1 : 0), ("$body", Wire.Text(body)));
        return body;
    }
}
