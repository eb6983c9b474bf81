namespace Flatfile.Spaces;

/// <summary>What an access handler says.</summary>
public sealed record SpaceAccessDecision
{
    private SpaceAccessDecision(bool isAllowed, string? role, string reason) => (IsAllowed, Role, Reason) = (isAllowed, role, reason);

    /// <summary>Come in.</summary>
    public static SpaceAccessDecision Allow { get; } = new(true, null, "");

    /// <summary>Whether it may come in.</summary>
    public bool IsAllowed { get; }

    /// <summary>The most it may be, or null for no limit.</summary>
    public string? Role { get; }

    /// <summary>Why not; the caller reads it.</summary>
    public string Reason { get; }

    /// <summary>Come in, with this role at most: <c>owner</c>, <c>admin</c>, <c>editor</c>, <c>viewer</c>. A role is never raised.</summary>
    public static SpaceAccessDecision AtMost(string role) => new(true, role, "");

    /// <summary>Stay out.</summary>
    public static SpaceAccessDecision Deny(string reason) => new(false, null, reason);
}
