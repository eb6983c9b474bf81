namespace Flatfile.Agent;

/// <summary>Who wants to come into which space.</summary>
public sealed record AccessRequest
{
    /// <summary>The space.</summary>
    public required string SpaceId { get; init; }

    /// <summary>Its environment.</summary>
    public required string EnvironmentId { get; init; }

    /// <summary>The user or guest, as <c>userId</c> in <c>space:accessed</c>.</summary>
    public required string UserId { get; init; }

    /// <summary>Empty for a guest who gave none.</summary>
    public required string UserEmail { get; init; }

    /// <summary>Whether it is a guest.</summary>
    public required bool IsGuest { get; init; }

    /// <summary>The role it would have: <c>owner</c>, <c>admin</c>, <c>editor</c>, <c>viewer</c>.</summary>
    public required string Role { get; init; }
}
