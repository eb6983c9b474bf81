using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Auth.Roles;

/// <summary>The rows of roles given to actors.</summary>
internal static class ActorRoles
{
    /// <summary>The roles of an actor.</summary>
    public static List<ActorRole> Of(SqliteConnection connection, string actorId) =>
        [.. connection.Rows(
            "SELECT roles.name, actor_roles.resource FROM actor_roles JOIN roles ON roles.id = actor_roles.role WHERE actor_roles.actor = $actor",
            row => (Right: SpaceRules.RoleOf(row.GetString(0)), Resource: row.GetString(1)), ("$actor", actorId))
            .Where(role => role.Right is not null).Select(role => new ActorRole(role.Resource, role.Right!.Value))];
}
