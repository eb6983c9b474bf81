using Microsoft.AspNetCore.Routing;

namespace Flatfile.Agent.Host.Operating;

/// <summary>A part of the operator's endpoint. Every one among the services is mapped, behind the gate.</summary>
internal interface IOperatorEndpoints
{
    /// <summary>Maps below <c>/agent/v1</c>; a request that cannot be done throws an <see cref="OperatorFault"/>.</summary>
    void Map(IEndpointRouteBuilder group);
}
