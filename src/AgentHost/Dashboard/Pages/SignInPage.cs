using Flatfile.Agent.Host.Dashboard.Access;
using Flatfile.Agent.Host.Dashboard.Markup;
using Microsoft.AspNetCore.Http;

namespace Flatfile.Agent.Host.Dashboard.Pages;

/// <summary>Asks for a key, in place of whatever page was asked for.</summary>
internal static class SignInPage
{
    public static Task WriteAsync(HttpContext http, int status, string? fault)
    {
        var page = new PageFrame(http);
        var wanted = HttpMethods.IsGet(http.Request.Method) ? http.Request.Path.Value : http.Request.HasFormContentType ? http.Request.Form["to"].ToString() : null;
        var safe = http.RequestServices.GetRequiredService<IDashboardAccess>().IsSafe(http);
        return page.WriteAsync(status, "Sign in", Html.Of($"""
            <section class="narrow" aria-labelledby="sign-in-title"><h1 id="sign-in-title">Sign in</h1>
            {(fault is null ? Html.None : Html.Of($"""<p class="fault" role="alert">{fault}</p>"""))}
            {(safe ? Form(page, wanted) : Html.Of($"""<p class="fault" role="alert">A key is not taken over plain http from another machine: it could be read on its way. Come by https, or from the machine itself.</p>"""))}
            <p class="faint">The operator's key lies in the file <code>operator-key</code> of the agent's data folder, or is what <code>Agent:OperatorKey</code> says. A reader's key is what <code>Agent:Dashboard:ReaderKey</code> says.</p>
            </section>

            """));
    }

    private static Html Form(PageFrame page, string? wanted) => Html.Of($"""
        <form method="post" action="{page.Address($"/sign-in")}">{page.FormToken()}<input type="hidden" name="to" value="{wanted}">
        <input type="text" name="username" value="flatfile-agent" autocomplete="username" hidden>
        <label for="key">Key</label> <input id="key" name="key" type="password" autocomplete="current-password" required autofocus maxlength="1000">
        <button class="strong">Sign in</button></form>

        """);
}
