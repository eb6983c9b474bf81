using System.Text.Json.Nodes;
using Flatfile.Spaces.Auth.Roles;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Auth.Guests;

/// <summary>The rows of guests and the spaces they belong to.</summary>
internal static class GuestStore
{
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

    /// <summary>The numbers of the spaces a guest belongs to.</summary>
    public static List<long> SpacesOf(SqliteConnection connection, string id) =>
        connection.Rows("SELECT space FROM guest_spaces WHERE guest = $id ORDER BY space", row => row.GetInt64(0), ("$id", id));

    /// <summary>Which generation of tokens is good.</summary>
    public static long Generation(SqliteConnection connection, string id) => connection.Number("SELECT generation FROM guests WHERE id = $id", ("$id", id));
}
