using System.Net;
using Contracts.Jobs;
using Contracts.Services;
using Contracts.Support;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Jobs.Recurring;
using Flatfile.Agent.Core.Progress;
using Flatfile.Agent.Jobs.Hangfire;
using Flatfile.Agent.Jobs.Hangfire.Dashboard;
using Hangfire;
using Jobs.Hangfire.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jobs.Hangfire.Tests;

/// <summary>Hangfire's pages as the host shows them, without the gate that the host puts before them.</summary>
[Collection(PostgresCollection.Name)]
public sealed class DashboardTests(PostgresFixture fixture) : IAsyncLifetime
{
    private readonly FiredWork _work = new();
    private readonly Signal _release = new("the release of the run");
    private HangfireHarness? _harness;
    private EngineNode _node = null!;
    private CallbackRunner _runner = null!;
    private WebApplication? _app;
    private HttpClient _browser = null!;

    public async Task InitializeAsync()
    {
        if (PostgresCluster.Missing is not null)
        {
            return;
        }

        _harness = new HangfireHarness(fixture.Cluster.ConnectionString(await fixture.Cluster.CreateDatabaseAsync()));
        _runner = new CallbackRunner((_, token) => _release.Task.WaitAsync(token));
        _node = _harness.Node(_runner, _work);
        await _node.StartAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{LoopbackPort.Free()}");
        builder.Services.AddSingleton(_node.Services.GetRequiredService<HangfireInUse>());
        builder.Services.AddSingleton(_node.Services.GetRequiredService<HangfireStore>());
        builder.Services.AddSingleton(_node.Services.GetRequiredService<IRecurringJobManager>());
        _app = builder.Build();
        _app.MapTicketDashboard("/hangfire", http => !http.Request.Headers.ContainsKey("X-Reader"));
        await _app.StartAsync();
        _browser = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async Task DisposeAsync()
    {
        if (_harness is null)
        {
            return;
        }

        _browser.Dispose();
        await _app!.DisposeAsync();
        _release.Set();
        await _harness.DisposeAsync();
    }

    [PostgresFact]
    public async Task A_running_ticket_is_shown_with_the_names_people_know_and_how_far_it_has_come()
    {
        await EnqueueAsync("tk_1", "orders/<import>");
        await _runner.Runs.WaitForAsync(1);
        await _node.Services.GetServices<IProgressWatcher>().OfType<HangfireProgress>().Single().ToldAsync("tk_1", 42.7, "Row 5 & more", CancellationToken.None);
        string page = string.Empty;
        await Signal.UntilAsync(async () => (page = await _browser.GetStringAsync("/hangfire/jobs/processing")).Contains("tk_1", StringComparison.Ordinal), "the run to be shown");

        Assert.Contains(WebUtility.HtmlEncode("orders/<import> · us_jb_tk_1 · us_sp_1 · tk_1 · 42 %, Row 5 & more"), page, StringComparison.Ordinal);
        Assert.DoesNotContain("<import>", page, StringComparison.Ordinal);
        var row = System.Text.RegularExpressions.Regex.Match(page, "jobs/details/([0-9]+)").Groups[1].Value;
        var details = await _browser.GetStringAsync($"/hangfire/jobs/details/{row}");
        Assert.Contains("<dt>Progress:</dt><dd>42 %, Row 5 &amp; more</dd>", details, StringComparison.Ordinal);
        Assert.Contains("<dt>Space:</dt><dd>us_sp_1</dd>", details, StringComparison.Ordinal);
        Assert.DoesNotContain("Password", await _browser.GetStringAsync("/hangfire/"), StringComparison.OrdinalIgnoreCase);
    }

    [PostgresFact]
    public async Task Recurring_work_is_shown_and_started_by_hand_also_when_it_is_paused()
    {
        await _node.Engine.SetRecurringAsync([new("cleanup", "0 3 * * *", "UTC", Paused: false), new("report", "0 4 * * *", "UTC", Paused: true)], CancellationToken.None);
        var page = await _browser.GetStringAsync("/hangfire/recurring");
        Assert.Contains("cleanup", page, StringComparison.Ordinal);
        Assert.Contains("report", page, StringComparison.Ordinal);

        using var asked = await PostAsync("/hangfire/recurring/trigger", "jobs[]", "cleanup", "report");

        Assert.Equal(HttpStatusCode.NoContent, asked.StatusCode);
        Assert.Equal([("cleanup", FireCause.Asked), ("report", FireCause.Asked)], (await _work.Fired.WaitForAsync(2)).Order());
    }

    [PostgresFact]
    public async Task Nothing_else_can_be_changed_there()
    {
        await EnqueueAsync("tk_1", "handler");
        await _runner.Runs.WaitForAsync(1);
        await _node.Engine.SetRecurringAsync([new("cleanup", "0 3 * * *", "UTC", Paused: false)], CancellationToken.None);

        foreach (var path in new[] { "jobs/processing/delete", "jobs/processing/requeue", "jobs/enqueued/delete", "jobs/failed/requeue", "jobs/scheduled/enqueue", "jobs/actions/delete/1", "jobs/actions/requeue/1" })
        {
            using var refused = await PostAsync("/hangfire/" + path, "jobs[]", "1");
            Assert.True(refused.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.NotFound, $"{path}: {refused.StatusCode}");
        }

        using var removed = await PostAsync("/hangfire/recurring/remove", "jobs[]", "cleanup");
        Assert.Contains("cleanup", await _browser.GetStringAsync("/hangfire/recurring"), StringComparison.Ordinal);
        Assert.True(Assert.Single(await _node.ListAsync()).IsRunning);
    }

    [PostgresFact]
    public async Task Who_may_only_read_starts_nothing()
    {
        await _node.Engine.SetRecurringAsync([new("cleanup", "0 3 * * *", "UTC", Paused: false)], CancellationToken.None);
        _browser.DefaultRequestHeaders.Add("X-Reader", "1");

        using var refused = await PostAsync("/hangfire/recurring/trigger", "jobs[]", "cleanup");

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Empty(_work.Fired.Items);
    }

    private Task EnqueueAsync(string ticketId, string handler) => _node.Engine.EnqueueAsync(
        new EngineTicket(ticketId) { HandlerId = handler, JobId = "us_jb_" + ticketId, SpaceId = "us_sp_1" }, CancellationToken.None);

    private async Task<HttpResponseMessage> PostAsync(string path, string field, params string[] values)
    {
        using var form = new FormUrlEncodedContent(values.Select(v => new KeyValuePair<string, string>(field, v)));
        return await _browser.PostAsync(path, form);
    }
}
