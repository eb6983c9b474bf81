using System.Globalization;
using Flatfile.Agent.Host.Commands;
using Flatfile.Agent.Host.Dashboard.Access;
using Flatfile.Agent.Host.Dashboard.Markup;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace Flatfile.Agent.Host.Dashboard.Pages;

/// <summary>What all pages have around their content, and the addresses they link to.</summary>
internal sealed class PageFrame(HttpContext http)
{
    public bool MayAct => http.Visitor() is { MayAct: true };

    private Html Token => Html.Of($"""<input type="hidden" name="{TokenName}" value="{TokenValue}">""");

    private string TokenName => Tokens.FormFieldName;

    private string? TokenValue => Tokens.RequestToken;

    private AntiforgeryTokenSet Tokens => http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);

    /// <summary>An address below the dashboard, as a browser must ask for it. Whatever is put in becomes one part of the path.</summary>
    public string Address(FormattableString path)
    {
        var parts = path.GetArguments().Select(a => (object)Uri.EscapeDataString(Convert.ToString(a, CultureInfo.InvariantCulture) ?? string.Empty)).ToArray();
        return http.Request.PathBase.Add(DashboardEndpoints.Path).ToUriComponent() + string.Format(CultureInfo.InvariantCulture, path.Format, parts);
    }

    /// <summary>The hidden field that a form of its own needs.</summary>
    public Html FormToken() => Token;

    public async Task WriteAsync(int status, string title, Html content, bool isLive = false)
    {
        var page = Page(title, content, isLive).ToString();
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(page, http.RequestAborted);
    }

    private Html Page(string title, Html content, bool isLive) => Html.Of($"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
        <title>{title} – Flatfile.Agent</title>
        <link rel="icon" href="data:,"><link rel="stylesheet" href="{Address($"/look.css")}?{DashboardAssets.Version}">
        {(isLive ? Html.Of($"""<script src="{Address($"/live.js")}?{DashboardAssets.Version}" defer></script>""") : Html.None)}
        </head><body>
        <a class="skip" href="#content">To the content</a>
        <header><a class="name" href="{Address($"")}">Flatfile.Agent</a> <span class="faint">{VersionAction.Version}</span> {Who()}</header>
        <main id="content">
        {content}</main>
        </body></html>

        """);

    private Html Who() => http.Visitor() is not { } visitor ? Html.None : Html.Of($"""
        <span class="who">{visitor.Name}{(visitor.MayAct ? Html.None : Html.Of($" (reads only)"))}
        {(visitor.IsSignedIn ? Html.Of($"""<form method="post" action="{Address($"/sign-out")}">{Token}<button>Sign out</button></form>""") : Html.None)}</span>

        """);
}
