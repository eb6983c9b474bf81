namespace Flatfile.Agent;

/// <summary>What an access handler says.</summary>
public sealed record AccessDecision
{
    private AccessDecision(bool isAllowed, string? role, string reason) => (IsAllowed, Role, Reason) = (isAllowed, role, reason);

    /// <summary>Come in.</summary>
    public static AccessDecision Allow { get; } = new(true, null, "");

    /// <summary>Whether it may come in.</summary>
    public bool IsAllowed { get; }

    /// <summary>The most it may be, or null for no limit.</summary>
    public string? Role { get; }

    /// <summary>Why not; the person reads it.</summary>
    public string Reason { get; }

    /// <summary>Come in, with this role at most: <c>owner</c>, <c>admin</c>, <c>editor</c>, <c>viewer</c>. A role is never raised.</summary>
    public static AccessDecision AtMost(string role) => new(true, role, "");

    /// <summary>Stay out.</summary>
    public static AccessDecision Deny(string reason) => new(false, null, reason);
}
