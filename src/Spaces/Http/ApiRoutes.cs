using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Flatfile.Spaces.Http;

/// <summary>Maps calls below <c>/v1</c>. Every one passes the <see cref="ApiGate"/>.</summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder routes, ApiGate gate)
{
    public void Get(string pattern, Func<ApiCall, Task<Answer>> handle) => Map("GET", pattern, handle);

    public void Post(string pattern, Func<ApiCall, Task<Answer>> handle) => Map("POST", pattern, handle);

    public void Put(string pattern, Func<ApiCall, Task<Answer>> handle) => Map("PUT", pattern, handle);

    public void Patch(string pattern, Func<ApiCall, Task<Answer>> handle) => Map("PATCH", pattern, handle);

    public void Delete(string pattern, Func<ApiCall, Task<Answer>> handle) => Map("DELETE", pattern, handle);

    /// <summary>Everything below <c>/v1</c> that no call answers.</summary>
    public void Rest(Func<ApiCall, Task<Answer>> handle) => routes.Map("/v1/{**rest}", gate.Guard(handle));

    private void Map(string method, string pattern, Func<ApiCall, Task<Answer>> handle) =>
        routes.MapMethods("/v1" + pattern, [method], gate.Guard(handle));
}
