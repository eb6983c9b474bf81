using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Flatfile.Agent.Host.Wiring;

/// <summary>What a person sees who opens the printed address in a browser.</summary>
internal static class WelcomeWiring
{
    private const string Text =
        """
        Flatfile.Agent serves Spaces here.

        The API is below /v1, as Flatfile documents it; every call needs 'Authorization: Bearer <secret key>'.
        The key lies in the data folder, and ./agent env prints what points Flatfile's JavaScript tools at this server.
        ./agent import FILE... takes files in. There are no screens yet.

        """;

    public static void MapWelcome(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/", context =>
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
            return context.Response.WriteAsync(Text, context.RequestAborted);
        });
}
