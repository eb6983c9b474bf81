using AgentHost.Tests.Support;
using Contracts.Services;
using Microsoft.Playwright;
using Pages.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Pages.Tests;

/// <summary>Hangfire's dashboard of an agent under load, in a real browser: jobs go by the names people know them by.</summary>
public sealed class HangfirePageTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ChromiumAndPostgresFact]
    public async Task ItShowsWhatRunsWithItsJobItsHandlerAndItsProgress()
    {
        await using var served = await BusyAgent.StartAsync(
            _folder,
            ("Agent__Engine", "Hangfire"), ("Agent__Store__Kind", "PostgreSql"), ("Agent__Store__ConnectionString", postgres.Cluster.ConnectionString(await postgres.Cluster.CreateDatabaseAsync())));
        await using var browser = await WatchedBrowser.StartAsync(served.Url);
        var page = await browser.PageAsync(1440, 900, ColorScheme.Light);
        await page.GotoAsync("/agent");
        await page.GetByLabel("Key").FillAsync(served.OperatorKey);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.Locator("#running tbody tr")).ToHaveCountAsync(7, new() { Timeout = 30_000 });

        foreach (var (name, path, text) in ((string, string, string)[])
            [("overview", "/hangfire", "Realtime Graph"), ("processing", "/hangfire/jobs/processing", "Busy/Busy.Works"), ("recurring", "/hangfire/recurring", "cleanup")])
        {
            await page.GotoAsync(path);
            await Expect(page.Locator("body")).ToContainTextAsync(text, new() { Timeout = 30_000 });
            await page.ScreenshotAsync(new() { Path = Repository.Path("artifacts", "screenshots", $"hangfire-{name}.png"), FullPage = true });
        }

        await page.GotoAsync("/hangfire/jobs/processing");
        var job = page.Locator("table tbody tr");
        await Expect(job).ToHaveCountAsync(7, new() { Timeout = 30_000 });
        await job.First.Locator("a").First.ClickAsync();
        await Expect(page.Locator("body")).ToContainTextAsync("us_jb_");
        await page.ScreenshotAsync(new() { Path = Repository.Path("artifacts", "screenshots", "hangfire-job.png"), FullPage = true });
    }
}
