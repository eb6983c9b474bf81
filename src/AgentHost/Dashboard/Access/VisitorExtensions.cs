using Microsoft.AspNetCore.Http;

namespace Flatfile.Agent.Host.Dashboard.Access;

/// <summary>The visitor of a request that passed <see cref="DashboardGate"/>.</summary>
internal static class VisitorExtensions
{
    /// <summary>Null when the request did not pass the gate. Any dashboard behind the gate asks here who may look and who may act.</summary>
    public static Visitor? Visitor(this HttpContext http) => http.Features.Get<Visitor>();
}
