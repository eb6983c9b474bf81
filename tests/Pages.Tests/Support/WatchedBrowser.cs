using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Pages.Tests.Support;

/// <summary>A browser that writes down what no page of ours may do: open dialogs, break its own policy, log errors, ask for anything elsewhere.</summary>
internal sealed class WatchedBrowser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly string _origin;
    private readonly ConcurrentQueue<string> _faults = new();

    private WatchedBrowser(IPlaywright playwright, IBrowser browser, string origin)
    {
        _playwright = playwright;
        _browser = browser;
        _origin = origin;
    }

    public IReadOnlyCollection<string> Faults => _faults;

    public static async Task<WatchedBrowser> StartAsync(string origin)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium.Program,
            // As root, and where memory is small, as in containers, the browser's own sandbox and shared memory are not to be had.
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
        });
        return new WatchedBrowser(playwright, browser, origin);
    }

    /// <summary>A page in a context of its own, with a window of this size.</summary>
    public async Task<IPage> PageAsync(int width, int height, ColorScheme scheme, bool scripts = true)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = _origin, ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme, JavaScriptEnabled = scripts,
        });
        var page = await context.NewPageAsync();
        page.Dialog += (_, dialog) =>
        {
            if (dialog.Type != "confirm")
            {
                _faults.Enqueue($"dialog: {dialog.Message}");
            }

            _ = dialog.AcceptAsync();
        };
        page.PageError += (_, fault) => _faults.Enqueue($"script: {fault}");
        page.Console += (_, message) =>
        {
            // A page that asks for the key is itself an answer of 401, which the browser counts as an error.
            if (message.Type == "error" && !message.Text.Contains("401", StringComparison.Ordinal))
            {
                _faults.Enqueue($"console: {message.Text}");
            }
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(_origin, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                _faults.Enqueue($"asked elsewhere: {request.Url}");
            }
        };
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
