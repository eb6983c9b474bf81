using Flatfile.Spaces.Auth.Roles;

namespace Flatfile.Spaces.Auth;

/// <summary>Who calls.</summary>
/// <param name="Kind">What sort of caller.</param>
/// <param name="ActorId">Stands in events and <c>createdBy</c>: the key, the user or the guest.</param>
/// <param name="EnvironmentId">
/// The environment the call is about: the only one for keys and guests; for those who manage the account the one the call names, or at first the
/// development environment; empty for users, whose spaces may lie anywhere.
/// </param>
/// <param name="AccountId">The account.</param>
internal sealed record Principal(PrincipalKind Kind, string ActorId, string EnvironmentId, string AccountId)
{
    /// <summary>Of users and of guests that gave one.</summary>
    public string Email { get; init; } = "";

    /// <summary>Roles given by <c>roles</c> calls, beyond the memberships that stand in the spaces.</summary>
    public IReadOnlyList<ActorRole> Roles { get; init; } = [];

    /// <summary>The spaces a guest belongs to, by number.</summary>
    public IReadOnlySet<long> GuestOf { get; init; } = new HashSet<long>();

    /// <summary>Whether it may manage the account's environments, users and keys.</summary>
    public bool ManagesAccount => Kind == PrincipalKind.Account;

    /// <summary>Whether it sees everything in its environment; others see single spaces.</summary>
    public bool SeesEnvironment => Kind is PrincipalKind.Environment or PrincipalKind.Account;

    /// <summary>
    /// Whose repeats are told from whose: servers behind one environment share theirs, everybody else is alone with their keys.
    /// </summary>
    public string RepeatScope => SeesEnvironment ? "" : ActorId;

    /// <summary>A request without credentials, let in by operations that prove their caller otherwise.</summary>
    public static Principal Nobody(string accountId) => new(PrincipalKind.Nobody, "", "", accountId);
}
