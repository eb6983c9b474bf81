using Microsoft.AspNetCore.Http;

namespace Flatfile.Agent.Host.Dashboard.Access;

/// <summary>A page of a dashboard to go to. Whatever was asked for, it is one of ours: nobody is sent elsewhere from here.</summary>
internal sealed record LocalTarget(PathString Path)
{
    /// <summary>The page that was asked for when it is below a dashboard, else the first page.</summary>
    public static LocalTarget Of(string? wanted, IEnumerable<DashboardPath> paths)
    {
        var path = wanted is ['/', not '/', ..] && wanted.All(c => c is > ' ' and < (char)127 and not '\\') && !wanted.Contains("..", StringComparison.Ordinal)
            ? new PathString(wanted.Split('?', '#')[0])
            : PathString.Empty;
        return new LocalTarget(path.HasValue && paths.Any(p => path.StartsWithSegments(p.Path)) ? path : Pages.DashboardEndpoints.Path);
    }

    /// <summary>The address below the path at which the host is shown.</summary>
    public string In(PathString pathBase) => pathBase.Add(Path).ToUriComponent();
}
