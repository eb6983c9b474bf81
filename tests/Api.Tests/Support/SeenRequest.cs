using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Flatfile.Api.Tests.Support;

/// <summary>A request as it arrived.</summary>
internal sealed record SeenRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers)
{
    public static SeenRequest Of(HttpRequest request) => new(
        request.Method,
        request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget,
        request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase));
}
