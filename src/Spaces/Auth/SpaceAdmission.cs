using System.Text.Json.Nodes;
using Flatfile.Spaces.Auth.Access;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Http.Operations;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Auth;

/// <summary>Lets a caller into a space, or not: membership and the space's rules are read at every call, so that what is taken away is gone at once.</summary>
internal sealed class SpaceAdmission(CentralStore central, SpaceRegistry registry, EventRelay relay, KeyRing ring, AccessDecisions decisions)
{
    /// <summary>Whether there is such an environment.</summary>
    public bool HasEnvironment(string id) => ring.HasEnvironment(id);

    /// <summary>The caller's role in a space; null when the space is none of its own. 403 when it is, and the operation is not allowed there.</summary>
    public async Task<Right?> EnterAsync(Principal caller, Operation? operation, SpaceFolder space, CancellationToken cancellationToken)
    {
        switch (caller.Kind)
        {
            case PrincipalKind.Account:
                return Right.Owner;
            case PrincipalKind.Environment:
                return space.EnvironmentId == caller.EnvironmentId ? Right.Owner : null;
            case PrincipalKind.User:
            case PrincipalKind.Guest when caller.GuestOf.Contains(space.Number):
                break;
            default:
                return null;
        }

        if (await RoleAsync(caller, operation, space, cancellationToken).ConfigureAwait(false) is not { } role)
        {
            return null;
        }

        // What the role does not allow needs no decision; a decision may lower the role, or change what the space says of it.
        Authorization.Check(operation, role);
        var (cap, fresh) = await decisions.DecideAsync(caller, space, role).ConfigureAwait(false);
        var now = fresh ? await RoleAsync(caller, operation, space, cancellationToken).ConfigureAwait(false) : role;
        if (now is not { } found)
        {
            return null;
        }

        found = (Right)Math.Min((int)found, (int)cap);
        Authorization.Check(operation, found);
        return found;
    }

    /// <summary>The spaces a caller who does not see its whole environment may do this in, in the order of their creation.</summary>
    public async Task<IReadOnlyList<SpaceFolder>> SpacesOfAsync(Principal caller, Operation? operation, CancellationToken cancellationToken)
    {
        await relay.DrainAsync(cancellationToken).ConfigureAwait(false);
        var resources = Wire.Text(new JsonArray([.. caller.Roles.Select(role => (JsonNode)role.ResourceId)]));
        var spaces = caller.Kind == PrincipalKind.Guest ? caller.GuestOf : caller.Roles
            .Select(role => ResourceId.TryParse(IdPrefix.Space, role.ResourceId, out var id) ? id.Space : 0).ToHashSet();
        var given = Wire.Text(new JsonArray([.. spaces.Select(number => (JsonNode)number)]));
        var candidates = await central.ReadAsync(
            connection => connection.Rows(
                """
                SELECT number, environment FROM spaces WHERE state = 'live' AND ($environment = '' OR environment = $environment)
                    AND (number IN (SELECT space FROM members WHERE email = $email) OR number IN (SELECT value FROM json_each($given))
                        OR environment IN (SELECT value FROM json_each($resources))
                        OR $account IN (SELECT value FROM json_each($resources)))
                ORDER BY number
                """,
                row => (Number: row.GetInt64(0), Environment: row.GetString(1)),
                ("$environment", caller.EnvironmentId), ("$email", caller.Email), ("$given", given), ("$resources", resources),
                ("$account", caller.AccountId)),
            cancellationToken).ConfigureAwait(false);
        var entered = new List<SpaceFolder>();
        foreach (var (number, environment) in candidates)
        {
            try
            {
                var space = registry.At(number, environment);
                if (await EnterAsync(caller, operation, space, cancellationToken).ConfigureAwait(false) is not null)
                {
                    entered.Add(space);
                }
            }
            catch (ApiRefusal refusal) when (refusal.Status is 403 or 503)
            {
                // Not this space; the list has the others.
            }
        }

        return entered;
    }

    private static async Task<Right?> RoleAsync(Principal caller, Operation? operation, SpaceFolder space, CancellationToken cancellationToken)
    {
        var rules = SpaceRules.Of(await space.ReadAsync(read => read.Space, cancellationToken).ConfigureAwait(false));
        return caller.Kind == PrincipalKind.User ? UserRole(caller, space, rules) : GuestRole(caller, operation, space, rules);
    }

    private static Right? UserRole(Principal caller, SpaceFolder space, SpaceRules rules)
    {
        var role = rules.MemberRole(caller.Email);
        foreach (var given in caller.Roles)
        {
            if ((given.ResourceId == space.Id || given.ResourceId == space.EnvironmentId || given.ResourceId == caller.AccountId) && (role is null || given.Right > role))
            {
                role = given.Right;
            }
        }

        return role;
    }

    private static Right GuestRole(Principal caller, Operation? operation, SpaceFolder space, SpaceRules rules)
    {
        if (rules.Refuses(caller.Email) is { } reason)
        {
            throw new ApiRefusal(403, new ApiFault("Authorization", reason));
        }

        if (!rules.AllowsDownload && operation is not null && Authorization.Downloads.Contains(operation.Name))
        {
            throw new ApiRefusal(403, new ApiFault("Authorization", "This space does not let guests download data."));
        }

        var own = caller.Roles.Where(given => given.ResourceId == space.Id).Select(given => (Right?)given.Right).Max();
        return own is { } role ? (Right)Math.Min((int)role, (int)Right.Editor) : rules.GuestRole;
    }
}
