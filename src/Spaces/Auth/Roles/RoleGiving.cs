using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Http.Operations;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Auth.Roles;

/// <summary>Checks what roles a client wants to give: known roles, on resources the caller may reach, no further than the sort of actor goes.</summary>
internal sealed class RoleGiving(CentralStore central)
{
    /// <summary>What users may be given: anything on account, environments and spaces.</summary>
    public const Right OfUsers = Right.Owner;

    /// <summary>What guests may be given, on spaces.</summary>
    public const Right OfGuests = Right.Editor;

    /// <summary>Reads a list; 400 names all that does not fit, 404 a resource that is not the caller's.</summary>
    public async Task<IReadOnlyList<GivenRole>> ReadAsync(ApiCall call, JsonArray given, Right most)
    {
        var known = (await central.ReadAsync(ActorRoles.Roles, call.Cancelled).ConfigureAwait(false)).ToDictionary(role => role.Text("id")!, role => SpaceRules.RoleOf(role.Text("name"))!.Value);
        var faults = new List<ApiFault>();
        var roles = new List<GivenRole>();
        for (var i = 0; i < given.Count; i++)
        {
            var role = given[i] as JsonObject ?? [];
            if (role.Text("roleId") is not { } roleId || !known.TryGetValue(roleId, out var right))
            {
                faults.Add(new ApiFault($"[{i}].roleId", "'roleId' names one of the roles that GET /roles lists."));
            }
            else if (right > most)
            {
                faults.Add(new ApiFault($"[{i}].roleId", $"A guest can be {Authorization.Name(Right.Viewer)} or {Authorization.Name(Right.Editor)}."));
            }
            else if (role.Text("resourceId") is not { } resourceId)
            {
                faults.Add(new ApiFault($"[{i}].resourceId", "'resourceId' names the account, an environment or a space."));
            }
            else
            {
                roles.Add(new GivenRole(roleId, resourceId));
            }
        }

        if (faults.Count > 0)
        {
            throw new ApiRefusal(400, faults);
        }

        foreach (var role in roles)
        {
            await ReachAsync(call, role.ResourceId, most).ConfigureAwait(false);
        }

        return roles;
    }

    private static async Task ReachAsync(ApiCall call, string resourceId, Right most)
    {
        if (resourceId.StartsWith(IdPrefix.Space, StringComparison.Ordinal))
        {
            await call.SpaceAsync(resourceId).ConfigureAwait(false);
        }
        else if (most == OfGuests)
        {
            throw ApiRefusal.Bad("resourceId", "A guest has roles on spaces only.");
        }
        else if (resourceId == call.Caller.AccountId)
        {
            if (!call.Caller.ManagesAccount)
            {
                throw new ApiRefusal(403, new ApiFault("resourceId", "Roles on the account are given by who manages it."));
            }
        }
        else
        {
            call.SameEnvironment(resourceId);
        }
    }
}
