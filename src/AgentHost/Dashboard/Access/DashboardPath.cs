using Microsoft.AspNetCore.Http;

namespace Flatfile.Agent.Host.Dashboard.Access;

/// <summary>A dashboard behind the gate: every request below its path is let in, or not, by <see cref="DashboardGate"/>.</summary>
/// <param name="Path">Such as <c>/agent</c>.</param>
/// <param name="ContentPolicy">What its pages may load and do, as a Content-Security-Policy. Showing it in a frame is forbidden in any case.</param>
/// <param name="ReadingPosts">Paths below it that are posted to for reading only, so that readers may.</param>
internal sealed record DashboardPath(PathString Path, string ContentPolicy, params IReadOnlyList<string> ReadingPosts)
{
    /// <summary>True when a request changes something.</summary>
    public bool Changes(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method)
        && !ReadingPosts.Any(p => request.Path.Equals(Path.Add(p), StringComparison.OrdinalIgnoreCase));
}
