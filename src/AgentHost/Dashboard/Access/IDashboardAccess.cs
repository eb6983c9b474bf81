using Microsoft.AspNetCore.Http;

namespace Flatfile.Agent.Host.Dashboard.Access;

/// <summary>Tells who a request comes from. The one answer for every dashboard of the host.</summary>
internal interface IDashboardAccess
{
    /// <summary>The visitor; null for nobody we know.</summary>
    Task<Visitor?> WhoAsync(HttpContext http);

    /// <summary>False when what is sent could be read on its way: plain http from another machine.</summary>
    bool IsSafe(HttpContext http);
}
