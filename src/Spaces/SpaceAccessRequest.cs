namespace Flatfile.Spaces;

/// <summary>Who wants to come into which space.</summary>
public sealed record SpaceAccessRequest
{
    public required string SpaceId { get; init; }

    public required string EnvironmentId { get; init; }

    /// <summary>The user or guest, as <c>userId</c> in <c>space:accessed</c>.</summary>
    public required string UserId { get; init; }

    /// <summary>Empty for a guest without a name.</summary>
    public required string UserEmail { get; init; }

    /// <summary>Whether it is a guest.</summary>
    public required bool IsGuest { get; init; }

    /// <summary>The role it would have: <c>owner</c>, <c>admin</c>, <c>editor</c>, <c>viewer</c>.</summary>
    public required string Role { get; init; }
}
