namespace Flatfile.Agent.Host.Dashboard.Access;

/// <summary>What a visitor may do.</summary>
internal enum DashboardRole
{
    /// <summary>Look at everything, change nothing.</summary>
    Reader,

    /// <summary>Change things too.</summary>
    Operator,
}
