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
        ./agent import FILE... takes files in. What the agent does is shown at /agent; Spaces has no screens yet.

        """;

    private const string AgentText =
        """
        Flatfile.Agent works here, for a Flatfile elsewhere. What it does is shown at /agent.

        """;

    public static void MapWelcome(this IEndpointRouteBuilder endpoints, bool ownSpaces) =>
        endpoints.MapGet("/", context =>
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
            return context.Response.WriteAsync(ownSpaces ? Text : AgentText, context.RequestAborted);
        });
}
