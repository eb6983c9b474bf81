using System.Globalization;
using Flatfile.Agent.Host.Dashboard.Markup;

namespace Flatfile.Agent.Host.Dashboard.Pages;

/// <summary>Small parts that every section uses.</summary>
internal static class Parts
{
    /// <summary>The one form of a page; it holds the token against forged requests, and every button of the page belongs to it.</summary>
    public const string OrderForm = "order";

    /// <summary>A part of the page that the script keeps up to date.</summary>
    public static Html Section(string id, string title, Html content, long? count = null) => Html.Of($"""
        <section id="{id}" data-live aria-labelledby="{id}-title">
        <h2 id="{id}-title">{title}{(count is { } n ? Html.Of($""" <span class="count">{n}</span>""") : Html.None)}</h2>
        {content}</section>

        """);

    public static Html Id(string? id) => id is null ? Html.Of($"""<span class="faint">–</span>""") : Html.Of($"<code>{id}</code>");

    /// <summary>A word with a colour; the word says it all.</summary>
    public static Html Badge(string word, string kind) => Html.Of($"""<span class="badge {kind}">{word}</span>""");

    /// <summary>How long ago, or how long until.</summary>
    public static Html When(DateTimeOffset? at, DateTimeOffset now) => at is not { } time
        ? Html.Of($"""<span class="faint">–</span>""")
        : Html.Of($"""<time datetime="{time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}" title="{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC">{Distance(now - time)}</time>""");

    public static Html Progress(double? percent, string label) => percent is not { } value
        ? Html.Of($"""<progress max="100" aria-label="{label}"></progress> <span class="figure">?</span>""")
        : Html.Of($"""<progress max="100" value="{(long)Math.Clamp(value, 0, 100)}" aria-label="{label}"></progress> <span class="figure">{(long)Math.Clamp(value, 0, 100)} %</span>""");

    /// <summary>A button that gives an order by the form of the page; nothing for who may not.</summary>
    /// <param name="page">The page it stands on.</param>
    /// <param name="address">What is posted to, below the dashboard; its parts are encoded.</param>
    /// <param name="word">On the button.</param>
    /// <param name="about">What it acts on, for those who hear it.</param>
    /// <param name="ask">Asked before, where the script runs; null for no question.</param>
    public static Html Order(PageFrame page, FormattableString address, string word, string about, string? ask = null)
    {
        if (!page.MayAct)
        {
            return Html.None;
        }

        var target = page.Address(address);
        return Html.Of($"""<button form="{OrderForm}" formaction="{target}" id="{target}" aria-label="{word} {about}"{(ask is null ? Html.None : Html.Of($""" data-ask="{ask}" """))}>{word}</button> """);
    }

    /// <summary>The way to the rest of a list, and back to its start.</summary>
    public static Html Pager(DashboardQuery query, string list, long? at, long? next) => at is null && next is null
        ? Html.None
        : Html.Of($"""
            <nav class="pager" aria-label="Pages of {list}">{(at is null ? Html.None : Html.Of($"""<a href="{query.With(list, null)}#{list}">First page</a>"""))}
            {(next is null ? Html.None : Html.Of($"""<a href="{query.With(list, next)}#{list}">Next page</a>"""))}</nav>

            """);

    private static string Distance(TimeSpan ago)
    {
        var span = ago.Duration();
        var text = span.TotalSeconds < 60 ? $"{(int)span.TotalSeconds} s"
            : span.TotalMinutes < 60 ? $"{(int)span.TotalMinutes} min"
            : span.TotalHours < 48 ? $"{(int)span.TotalHours} h"
            : $"{(int)span.TotalDays} d";
        return ago < TimeSpan.FromSeconds(-1) ? "in " + text : text + " ago";
    }
}
