using AgentHost.Tests.Support;
using Microsoft.Playwright;
using Pages.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Pages.Tests;

/// <summary>The agent's page in a real browser, with much to show and hostile texts in all of it.</summary>
public sealed class AgentPageTests : IAsyncLifetime
{
    private static readonly (string Name, int Width, int Height, ColorScheme Scheme)[] Looks =
        [("wide-light", 1440, 900, ColorScheme.Light), ("wide-dark", 1440, 900, ColorScheme.Dark), ("narrow-light", 390, 844, ColorScheme.Light), ("narrow-dark", 390, 844, ColorScheme.Dark)];

    private readonly TemporaryFolder _folder = new();
    private ServedFolder? _served;
    private WatchedBrowser? _browser;

    private ServedFolder Served => _served!;

    private WatchedBrowser Browser => _browser!;

    public async Task InitializeAsync()
    {
        if (Chromium.Missing is null)
        {
            _served = await BusyAgent.StartAsync(_folder);
            _browser = await WatchedBrowser.StartAsync(_served.Url);
        }
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        if (_served is not null)
        {
            await _served.DisposeAsync();
        }

        _folder.Dispose();
    }

    [ChromiumFact]
    public async Task ItLooksRightUnderLoadInLightAndDarkOnWideAndNarrowScreens()
    {
        foreach (var (name, width, height, scheme) in Looks)
        {
            var page = await SignedInAsync(width, height, scheme);
            await Expect(page.Locator("#running tbody tr")).ToHaveCountAsync(7, new() { Timeout = 30_000 });
            await Expect(page.Locator("#failed tbody tr")).ToHaveCountAsync(3, new() { Timeout = 30_000 });
            await Expect(page.Locator("#running progress[value]").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{name}: the page is wider than its window.");
            await page.ScreenshotAsync(new() { Path = Repository.Path("artifacts", "screenshots", $"agent-{name}.png"), FullPage = true });
            if (name == "wide-light")
            {
                await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Dead letter [0-9]") }).First.ClickAsync();
                await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Stack" })).ToBeVisibleAsync();
                await page.ScreenshotAsync(new() { Path = Repository.Path("artifacts", "screenshots", "agent-dead-letter.png"), FullPage = true });
            }
        }

        var closed = await Browser.PageAsync(1000, 600, ColorScheme.Light);
        await closed.GotoAsync("/agent");
        await closed.ScreenshotAsync(new() { Path = Repository.Path("artifacts", "screenshots", "agent-sign-in.png") });
        Assert.Empty(Browser.Faults);
    }

    [ChromiumFact]
    public async Task ProgressMovesByItselfAndOrdersAreCarriedOut()
    {
        var page = await SignedInAsync(1440, 900, ColorScheme.Light);
        var row = page.Locator("#running tbody tr").First;
        await Expect(row.Locator("progress[value]")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        var job = await row.Locator("code").First.InnerTextAsync();
        var before = await row.Locator("progress").GetAttributeAsync("value");
        await Expect(row.Locator("progress")).Not.ToHaveAttributeAsync("value", before!, new() { Timeout = 20_000 });

        await row.GetByRole(AriaRole.Button, new() { NameRegex = new("^Cancel") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("cancelled");
        await BusyAgent.UntilAsync(Served, job, j => j.Status == Flatfile.Api.JobStatus.Canceled);
        await Expect(page.Locator("#running")).Not.ToContainTextAsync(job, new() { Timeout = 20_000 });

        var failed = page.Locator("#failed tbody tr").First;
        await failed.GetByRole(AriaRole.Button, new() { NameRegex = new("^Retry") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("ready again");
        await Expect(page.Locator("#failed")).ToContainTextAsync("retried", new() { Timeout = 30_000 });

        var waiting = page.Locator("#waiting tbody tr").Filter(new() { HasText = "address service" });
        await Expect(waiting).ToHaveCountAsync(3, new() { Timeout = 30_000 });
        await waiting.First.GetByRole(AriaRole.Button, new() { NameRegex = new("^Run now") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("due now");

        await page.Locator("#dead").GetByRole(AriaRole.Button, new() { NameRegex = new("^Replay") }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("asked for");
        Assert.Empty(Browser.Faults);
    }

    [ChromiumFact]
    public async Task ItCanBeReadWithoutScriptsAndUsedByKeyboard()
    {
        var plain = await SignedInAsync(1440, 900, ColorScheme.Light, scripts: false);
        await Expect(plain.Locator("#plugins")).ToContainTextAsync("ThrowsInConstructor");
        await Expect(plain.Locator("#bindings")).ToContainTextAsync("Busy/Busy.Works");
        await plain.GetByRole(AriaRole.Link, new() { Name = "Refresh" }).ClickAsync();
        await Expect(plain.Locator("#events tbody tr").First).ToBeVisibleAsync();

        var page = await SignedInAsync(1440, 900, ColorScheme.Light);
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("To the content", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        await Expect(page.Locator("#running button").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await page.Locator("#running button").First.FocusAsync();
        var focused = await page.EvaluateAsync<string>("document.activeElement.id");
        await page.WaitForResponseAsync(r => r.Url.EndsWith("/agent", StringComparison.Ordinal) && r.Ok);
        await page.WaitForResponseAsync(r => r.Url.EndsWith("/agent", StringComparison.Ordinal) && r.Ok);
        Assert.Equal(focused, await page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Empty(Browser.Faults);
    }

    [ChromiumFact]
    public async Task EveryTextHasTheContrastThatPeopleNeed()
    {
        foreach (var (name, width, height, scheme) in Looks.Take(2))
        {
            var page = await SignedInAsync(width, height, scheme);
            await Expect(page.Locator("#failed tbody tr")).ToHaveCountAsync(3, new() { Timeout = 30_000 });
            var poor = await page.EvaluateAsync<string[]>(PoorContrast.Script);
            Assert.True(poor.Length == 0, $"{name}: {string.Join('\n', poor)}");
        }
    }

    private async Task<IPage> SignedInAsync(int width, int height, ColorScheme scheme, bool scripts = true)
    {
        var page = await Browser.PageAsync(width, height, scheme, scripts);
        await page.GotoAsync("/agent");
        await page.GetByLabel("Key").FillAsync(Served.OperatorKey);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Plugins" })).ToBeVisibleAsync();
        return page;
    }
}
