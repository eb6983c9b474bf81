using Flatfile.Agent.Host.Dashboard.Markup;
using Flatfile.Agent.Host.Operating;
using Microsoft.AspNetCore.Http;

namespace Flatfile.Agent.Host.Dashboard.Pages;

/// <summary>What is wrong, why, and what to do.</summary>
internal static class FaultPage
{
    public static Task WriteAsync(HttpContext http, OperatorFault fault)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return Task.CompletedTask;
        }

        var page = new PageFrame(http);
        return page.WriteAsync(fault.Status, fault.Message, Html.Of($"""
            <section class="narrow"><h1>{fault.Message}</h1><p>{fault.Why}</p><p>{fault.ToDo}</p><p><a href="{page.Address($"")}">To the first page</a></p></section>

            """));
    }
}
