using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Auth.Roles;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Auth.Guests;

/// <summary>The rows of guests and the spaces they belong to.</summary>
internal static class GuestStore
{
    /// <summary>How a guest came whom nobody invited.</summary>
    public const string ByLink = "link";

    private const string Alive = "(expires_at IS NULL OR expires_at > $now)";

    /// <summary>The caller a guest is, in all its spaces or in one; null when it is gone, its time is over or its tokens were made void.</summary>
    public static Principal? Principal(SqliteConnection connection, string id, long generation, long? only, string accountId, DateTimeOffset now)
    {
        var row = connection.Row(
            $"SELECT email, environment FROM guests WHERE id = $id AND generation = $generation AND {Alive}",
            found => Tuple.Create(found.GetString(0), found.GetString(1)), ("$id", id), ("$generation", generation), ("$now", Wire.Time(now)));
        return row is null ? null : new Principal(PrincipalKind.Guest, id, row.Item2, accountId)
        {
            Email = row.Item1,
            Roles = ActorRoles.Of(connection, id),
            GuestOf = SpacesOf(connection, id).Where(space => only is null || space == only).ToHashSet(),
        };
    }

    /// <summary>A guest as it is answered, or null. Its spaces are added to the stored body.</summary>
    public static JsonObject? Find(SqliteConnection connection, string? id, DateTimeOffset now) => connection.Row(
        $"SELECT body FROM guests WHERE id = $id AND {Alive}", row => Whole(connection, Wire.Parse(row.GetString(0))), ("$id", id), ("$now", Wire.Time(now)));

    /// <summary>The guests of a space in the order of their creation, those with an address alone where one is given.</summary>
    public static List<JsonObject> List(SqliteConnection connection, long space, string? email, DateTimeOffset now) => connection.Rows(
        $"""
        SELECT body FROM guests WHERE id IN (SELECT guest FROM guest_spaces WHERE space = $space) AND ($email IS NULL OR email = $email) AND {Alive} ORDER BY number
        """,
        row => Whole(connection, Wire.Parse(row.GetString(0))), ("$space", space), ("$email", email), ("$now", Wire.Time(now)));

    /// <summary>The lasting guest of an environment with an address, or null. Those who came by a link and gave an address do not count.</summary>
    public static JsonObject? Lasting(SqliteConnection connection, string environment, string email) =>
        connection.Row(
            "SELECT body FROM guests WHERE environment = $environment AND email = $email AND expires_at IS NULL ORDER BY number LIMIT 1",
            row => Wire.Parse(row.GetString(0)), ("$environment", environment), ("$email", email));

    /// <summary>
    /// The guest who came to a space by its link under this address, or null. One that was invited, or given a role, is somebody: an address that
    /// anybody can write does not make its writer that guest.
    /// </summary>
    public static string? Temporary(SqliteConnection connection, long space, string email, DateTimeOffset now) => connection.Scalar(
        $"""
        SELECT id FROM guests WHERE email = $email AND expires_at > $now AND id IN (SELECT guest FROM guest_spaces WHERE space = $space)
            AND body ->> '$.cameBy' = '{ByLink}' AND NOT EXISTS (SELECT 1 FROM actor_roles WHERE actor = guests.id)
        ORDER BY number LIMIT 1
        """,
        ("$email", email), ("$now", Wire.Time(now)), ("$space", space)) as string;

    /// <summary>Adds a guest without spaces; one with an end goes by itself, one that came by a link is nobody that is known.</summary>
    public static JsonObject Add(CentralWrite change, string environment, string email, string name, DateTimeOffset? expires, string? cameBy = null)
    {
        var body = new JsonObject
        {
            ["id"] = RandomId.New(IdPrefix.Guest),
            ["environmentId"] = environment,
            ["email"] = email,
            ["name"] = name,
            ["createdAt"] = change.NowText,
            ["updatedAt"] = change.NowText,
        };
        var end = expires is { } time ? Wire.Time(time) : null;
        if (end is not null)
        {
            body["expiresAt"] = end;
        }

        if (cameBy is not null)
        {
            body["cameBy"] = cameBy;
        }

        change.Connection.Execute(
            "INSERT INTO guests(id, environment, email, expires_at, body) VALUES ($id, $environment, $email, $end, $body)",
            ("$id", body.Text("id")), ("$environment", environment), ("$email", email), ("$end", end), ("$body", Wire.Text(body)));
        return body;
    }

    /// <summary>Stores a changed name or address.</summary>
    public static void Store(CentralWrite change, JsonObject body)
    {
        body["updatedAt"] = change.NowText;
        var stored = (JsonObject)body.DeepClone();
        stored.Remove("spaces");
        change.Connection.Execute(
            "UPDATE guests SET email = $email, body = $body WHERE id = $id",
            ("$id", body.Text("id")), ("$email", body.Text("email")), ("$body", Wire.Text(stored)));
    }

    /// <summary>Lets a guest into a space, which hears of it.</summary>
    public static void Join(CentralWrite change, string id, long space)
    {
        if (change.Connection.Execute("INSERT OR IGNORE INTO guest_spaces(guest, space) VALUES ($id, $space)", ("$id", id), ("$space", space)) > 0)
        {
            GuestNotices.Add(change, space, Topics.SpaceGuestAdded, id);
        }
    }

    /// <summary>Takes a guest out of a space, which hears of it.</summary>
    public static void Leave(CentralWrite change, string id, long space)
    {
        if (change.Connection.Execute("DELETE FROM guest_spaces WHERE guest = $id AND space = $space", ("$id", id), ("$space", space)) > 0)
        {
            change.Connection.Execute("DELETE FROM invitations WHERE subject = $id AND space = $space", ("$id", id), ("$space", space));
            change.Connection.Execute("DELETE FROM actor_roles WHERE actor = $id AND resource = $space", ("$id", id), ("$space", DataFolder.SpaceId(space)));
            GuestNotices.Add(change, space, Topics.SpaceGuestRemoved, id);
        }
    }

    /// <summary>Removes a guest from everywhere.</summary>
    public static void Delete(CentralWrite change, string id)
    {
        foreach (var space in SpacesOf(change.Connection, id))
        {
            Leave(change, id, space);
        }

        change.Connection.Execute("DELETE FROM actor_roles WHERE actor = $id", ("$id", id));
        change.Connection.Execute("DELETE FROM invitations WHERE subject = $id", ("$id", id));
        change.Connection.Execute("DELETE FROM guests WHERE id = $id", ("$id", id));
    }

    /// <summary>Forgets a deleted space.</summary>
    public static void ForgetSpace(CentralWrite change, long space)
    {
        change.Connection.Execute("DELETE FROM guest_spaces WHERE space = $space", ("$space", space));
        change.Connection.Execute("DELETE FROM guest_notices WHERE space = $space", ("$space", space));
        change.Connection.Execute("DELETE FROM invitations WHERE space = $space", ("$space", space));
        change.Connection.Execute("DELETE FROM members WHERE space = $space", ("$space", space));
        change.Connection.Execute("DELETE FROM actor_roles WHERE resource = $space", ("$space", DataFolder.SpaceId(space)));
    }

    /// <summary>Removes those whose time is over; answers whether there were any.</summary>
    public static bool Expire(CentralWrite change)
    {
        var gone = change.Connection.Rows("SELECT id FROM guests WHERE expires_at <= $now", row => row.GetString(0), ("$now", change.NowText));
        gone.ForEach(id => Delete(change, id));
        return gone.Count > 0;
    }

    /// <summary>The numbers of the spaces a guest belongs to.</summary>
    public static List<long> SpacesOf(SqliteConnection connection, string id) =>
        connection.Rows("SELECT space FROM guest_spaces WHERE guest = $id ORDER BY space", row => row.GetInt64(0), ("$id", id));

    private static JsonObject Whole(SqliteConnection connection, JsonObject body)
    {
        body["spaces"] = new JsonArray([.. connection.Rows(
            "SELECT space, accessed_at FROM guest_spaces WHERE guest = $id ORDER BY space",
            row =>
            {
                var space = new JsonObject { ["id"] = DataFolder.SpaceId(row.GetInt64(0)) };
                if (row.Text(1) is { } accessed)
                {
                    space["lastAccessed"] = accessed;
                }

                return space;
            },
            ("$id", body.Text("id")))]);
        return body;
    }

    /// <summary>Which generation of tokens is good.</summary>
    public static long Generation(SqliteConnection connection, string id) => connection.Number("SELECT generation FROM guests WHERE id = $id", ("$id", id));
}
