using System.Net;
using System.Text.RegularExpressions;

namespace AgentHost.Tests.Support;

/// <summary>A person's browser, as far as the pages need one: it keeps cookies, follows nothing, and sends forms.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false, UseProxy = false };
    private readonly HttpClient _http;

    public Browser(string url, params (string Name, string Value)[] headers)
    {
        _http = new HttpClient(_handler) { BaseAddress = new Uri(url) };
        foreach (var (name, value) in headers)
        {
            _http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }
    }

    public CookieContainer Cookies => _handler.CookieContainer;

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path);

    public Task<string> TextAsync(string path) => _http.GetStringAsync(path);

    /// <summary>Sends a form of a page as that page would: with its token.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, string page = "/agent", params (string Name, string Value)[] fields)
    {
        var shown = await (await _http.GetAsync(page)).Content.ReadAsStringAsync();
        return await PostRawAsync(path, [("__RequestVerificationToken", Token().Match(shown).Groups[1].Value), .. fields]);
    }

    /// <summary>Sends a form as a page of elsewhere would.</summary>
    public Task<HttpResponseMessage> PostRawAsync(string path, params (string Name, string Value)[] fields) =>
        _http.PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    public Task<HttpResponseMessage> SignInAsync(string key, string? to = null, string root = "") =>
        PostAsync(root + "/agent/sign-in", root + "/agent", ("key", key), ("to", to ?? "/agent"));

    public void Dispose()
    {
        _http.Dispose();
        _handler.Dispose();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
