using System.Security.Cryptography;
using Flatfile.Agent.Host.Dashboard.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Flatfile.Agent.Host.Dashboard.Pages;

/// <summary>The look and the one script of the pages, from inside the program.</summary>
internal static class DashboardAssets
{
    private static readonly byte[] Look = Read("look.css");
    private static readonly byte[] Live = Read("live.js");

    /// <summary>Changes when one of them does.</summary>
    public static string Version { get; } = Convert.ToHexStringLower(SHA256.HashData([.. Look, .. Live]))[..12];

    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapGet("/look.css", http => WriteAsync(http, Look, "text/css; charset=utf-8")).WithMetadata(new OpenToAll());
        group.MapGet("/live.js", http => WriteAsync(http, Live, "text/javascript; charset=utf-8")).WithMetadata(new OpenToAll());
    }

    private static Task WriteAsync(HttpContext http, byte[] content, string type)
    {
        http.Response.ContentType = type;
        http.Response.Headers.CacheControl = "public, max-age=86400";
        return http.Response.Body.WriteAsync(content, http.RequestAborted).AsTask();
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(DashboardAssets).Assembly.GetManifestResourceStream("Dashboard." + name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
