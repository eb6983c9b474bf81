namespace Flatfile.Agent.Host.Dashboard.Access;

/// <summary>Who looks at a dashboard.</summary>
/// <param name="Name">For people and for the log.</param>
/// <param name="Role">What they may do.</param>
/// <param name="IsSignedIn">True for one with a cookie of ours, who can sign out; false for one a proxy vouches for.</param>
internal sealed record Visitor(string Name, DashboardRole Role, bool IsSignedIn)
{
    public bool MayAct => Role == DashboardRole.Operator;
}
