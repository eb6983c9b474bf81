using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Storage;

/// <summary>The one account of a data folder.</summary>
internal static class Account
{
    /// <summary>The account's id; the account is made at the first start.</summary>
    public static string Ensure(SqliteConnection connection, DateTimeOffset now)
    {
        if (connection.Scalar("SELECT id FROM account") is string id)
        {
            return id;
        }

        id = RandomId.New(IdPrefix.Account);
        var body = new JsonObject
        {
            ["id"] = id,
            ["name"] = "Local account",
            ["metadata"] = new JsonObject(),
            ["createdAt"] = Wire.Time(now),
            ["updatedAt"] = Wire.Time(now),
        };
        connection.Execute("INSERT INTO account(one, id, body) VALUES (1, $id, $body)", ("$id", id), ("$body", Wire.Text(body)));
        return id;
    }

    /// <summary>The account's body.</summary>
    public static JsonObject Read(SqliteConnection connection) => Wire.Parse((string)connection.Scalar("SELECT body FROM account")!);
}
