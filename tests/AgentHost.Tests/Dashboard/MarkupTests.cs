using System.Text.RegularExpressions;
using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch.Seen;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Jobs.Desk;
using Flatfile.Agent.Core.Plugins;
using Flatfile.Agent.Core.Plugins.Swap;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Host.Dashboard.Access;
using Flatfile.Agent.Host.Dashboard.Markup;
using Flatfile.Agent.Host.Dashboard.Pages;
using Flatfile.Agent.Host.Dashboard.Recurring;
using Flatfile.Agent.Host.DeadLetters;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AgentHost.Tests.Dashboard;

/// <summary>Whatever strangers write into names, reasons and texts, the page has the tags and attributes it has without them.</summary>
public sealed partial class MarkupTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Payloads =>
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "\" autofocus onfocus=\"alert(1)",
        "javascript:alert(1)", "</td></tr></table><h1>", "</textarea><script>", "</title><script>", "</style><script>", "]]><script>", "<!--", "-->", "{{7*7}}", "@(1+1)", "${7*7}", "&#x3c;script&#x3e;",
        "\u202Egpj.exe", "<a href=\"vbscript:x\">", "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">", "a\0b<b>", "{0}{1}", "/../../x?y#z",
    ];

    [Theory]
    [MemberData(nameof(Payloads))]
    public void TheOverviewStaysAsItIs(string payload) => Assert.Equal(Skeleton(Overview("plain")), Skeleton(Overview(payload)));

    [Theory]
    [MemberData(nameof(Payloads))]
    public void ADeadLetterStaysAsItIs(string payload) => Assert.Equal(Skeleton(Letter("plain")), Skeleton(Letter(payload)));

    [Fact]
    public void EveryValueIsEncodedAndOnlyMarkupOfOursIsNot()
    {
        Assert.Equal("<b title=\"&quot;&lt;&amp;\">é &#x27;7&#x27;</b>", Html.Of($"<b title=\"{"\"<&"}\">{"é '7'"}</b>").ToString());
        Assert.Equal("<i>1</i><i>2</i>", Html.Each([1L, 2L], n => Html.Of($"<i>{n}</i>")).ToString());
        Assert.NotEqual(Skeleton("<p>plain</p>"), Skeleton("<p><b>"));
    }

    private static string Overview(string text)
    {
        var ticket = new TicketSummary
        {
            Number = 1, Id = text, JobId = text, HandlerId = text, EventId = text, Topic = text, SpaceId = text, State = TicketState.Failed, Attempt = 1, CreatedAt = Now, ChangedAt = Now,
            NotBefore = Now.AddMinutes(1), Node = text, Reason = text,
        };
        var tickets = new TicketPage([ticket, ticket with { IsRetried = true }, ticket with { State = TicketState.Dead }], 1);
        var letter = new LetterView { Id = 1, At = Now, State = "open", Handler = text, Topic = text, EventId = text, Space = text, Tries = 3, Reason = text, Note = text };
        var plugin = new PluginStatus { Name = text, Version = text, State = PluginState.Refused, Reason = text, Notice = text, Warnings = [text], Handlers = [new HandlerStatus(text, HandlerKind.Job, text, [text], text)] };
        var binding = HandlerBinding.ForEvents(text, text, text, [new BindingRule([TopicGlob.Parse(text)], [EventFilterMatcher.Compile(System.Text.Json.Nodes.JsonValue.Create(text))])], _ => null!).OfVersion(text);
        var view = new DashboardView
        {
            At = Now, Health = new AgentHealth(true, true, [text]), Query = new DashboardQuery(1, 2, 3, 4), Plugins = [new PluginReport(plugin, null, Now, [], [], 0)],
            Catalog = new HandlerCatalog([binding], [plugin], hints: [text]), Events = [new SeenEvent(Now, text, text, text, text, [text])],
            Recurring = [new RecurringRow(text, text, Now, Now, text, false, false)],
            Stored = new DashboardView.StoredView(
                new AgentStatus { Driver = text, Engine = text, Store = text, EventsInHand = 1, RunningJobs = 1, Unmatched = 1, DeadLetters = 1, ReplaysAsked = 0, Plugins = [] },
                new TicketCounts(1, 1, 1, TimeSpan.Zero), tickets, tickets, tickets, new Dictionary<string, JobProgress> { [text] = new JobProgress(text, 40, text) },
                new LetterPage([letter], 1, 1)),
        };
        return OverviewPage.Of(view, text, new PageFrame(Http(text))).ToString();
    }

    private static string Letter(string text) => DeadLetterPage.Of(
        new LetterDetail
        {
            Id = 1, At = Now, State = "open", Handler = text, Topic = text, EventId = text, Space = text, Tries = 3, Reason = text, Note = text, Stack = text, HandlerVersion = text,
            Event = new System.Text.Json.Nodes.JsonObject { [text] = text }, Edited = System.Text.Json.Nodes.JsonValue.Create(text),
        },
        new PageFrame(Http(text))).ToString();

    private static DefaultHttpContext Http(string name)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddDataProtection();
        services.AddAntiforgery();
        var http = new DefaultHttpContext { RequestServices = services.BuildServiceProvider() };
        http.Features.Set(new Visitor(name, DashboardRole.Operator, true));
        return http;
    }

    /// <summary>The tags of a page in order, each with the names of its attributes.</summary>
    private static string Skeleton(string page) => string.Join('\n', Tag().Matches(page).Select(tag => tag.Groups[1].Value + string.Concat(Attribute().Matches(tag.Value).Select(a => " " + a.Groups[1].Value))));

    [GeneratedRegex("<([a-zA-Z/!][^\\s>]*)(?:\\s+[^\\s=>\"']+(?:=\"[^\"]*\")?)*\\s*>?")]
    private static partial Regex Tag();

    [GeneratedRegex("\\s([^\\s=>\"']+)(?:=\"[^\"]*\")?")]
    private static partial Regex Attribute();
}
