using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Flatfile.Agent.Host.Operating;

/// <summary>The one gate before everything below <c>/agent/v1</c>: the key, always, from this machine too; a limit for bodies; faults as JSON without a trace.</summary>
internal sealed partial class OperatorGate(RequestDelegate next, OperatorKey key, ILogger<OperatorGate> log)
{
    public const string Path = "/agent/v1";

    /// <summary>The largest body; room for one large event.</summary>
    public const long MostBytes = 16 * 1024 * 1024;

    public async Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments(Path) && http.GetEndpoint()?.Metadata.GetMetadata<OperatorMark>() is null)
        {
            await next(http);
            return;
        }

        try
        {
            await PassAsync(http);
        }
        catch (OperatorFault fault)
        {
            await WriteAsync(http, fault);
        }
        catch (BadHttpRequestException fault)
        {
            await WriteAsync(http, new OperatorFault(
                fault.StatusCode,
                fault.StatusCode == StatusCodes.Status413PayloadTooLarge ? $"The request has more than {MostBytes} bytes." : "The request could not be read.",
                fault.StatusCode == StatusCodes.Status413PayloadTooLarge ? "A larger one is not taken." : fault.Message,
                "Send a correct, smaller request."));
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for an answer.
        }
        catch (Exception fault)
        {
            Failed(log, fault, http.Request.Method, http.Request.Path);
            await WriteAsync(http, new OperatorFault(500, "The agent could not do this.", "This was not foreseen.", "Its log says more."));
        }
    }

    private async Task PassAsync(HttpContext http)
    {
        if (!key.Opens(http.Request.Headers.Authorization.ToString()))
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            throw new OperatorFault(401, "The operator's key is missing or wrong.", "Nothing here is open without it.", "Send it as 'Authorization: Bearer KEY'.");
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MostBytes;
        }

        http.Response.Headers.CacheControl = "no-store";
        if (http.GetEndpoint() is null)
        {
            throw new OperatorFault(404, $"There is nothing at {http.Request.Method} {http.Request.Path}.", "The address or the method is wrong.", "docs/operations.md lists what there is.");
        }

        await next(http);
    }

    private static Task WriteAsync(HttpContext http, OperatorFault fault)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return Task.CompletedTask;
        }

        http.Response.StatusCode = fault.Status;
        return http.Response.WriteAsJsonAsync(new FaultView(new FaultText(fault.Message, fault.Why, fault.ToDo)), OperatorJson.Default.FaultView);
    }
}
