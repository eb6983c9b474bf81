using Flatfile.Spaces.Http.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Flatfile.Spaces.Http;

/// <summary>Maps operations to who answers them. Every one passes the <see cref="ApiGate"/>.</summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder routes, ApiGate gate)
{
    private readonly HashSet<string> _mapped = [];

    /// <summary>Names who answers an operation of the <see cref="OperationTable"/>.</summary>
    public void Map(string name, Func<ApiCall, Task<Answer>> handle) => Map(OperationTable.Find(name), handle);

    /// <summary>What nobody answers: operations that are not built are told apart from paths nobody knows.</summary>
    public void MapRest()
    {
        foreach (var operation in OperationTable.All.Where(operation => !_mapped.Contains(operation.Route)))
        {
            Map(operation, call => throw ApiRefusal.NotBuilt($"{call.Operation!.Name} ({call.Operation.Route})"));
        }

        routes.Map("/v1/{**rest}", gate.Guard(null, call => throw Unknown(call.Http.Request)));
    }

    private static ApiRefusal Unknown(HttpRequest request) => new(404, new ApiFault(null, $"There is no call {request.Method} {request.Path}."));

    private void Map(Operation operation, Func<ApiCall, Task<Answer>> handle)
    {
        if (_mapped.Add(operation.Route))
        {
            routes.MapMethods(operation.Path, [operation.Method], gate.Guard(operation, handle)).WithMetadata(operation);
        }
    }
}
