using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Flatfile.Spaces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Benchmarks;

/// <summary>Spaces alone on a free port, spoken to over HTTP, with one sheet of twenty fields: sixteen texts and four numbers.</summary>
internal sealed class LocalSpaces : IAsyncDisposable
{
    public const int Fields = 20;

    private readonly WebApplication _app;

    private LocalSpaces(WebApplication app, HttpClient client) => (_app, Client) = (app, client);

    public HttpClient Client { get; }

    public string Sheet { get; private set; } = "";

    public string Records => $"sheets/{Sheet}/records";

    public static bool IsNumber(int field) => field % 5 == 4;

    public static async Task<LocalSpaces> StartAsync(string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSpaces(options => options.DataFolder = folder);
        var app = builder.Build();
        app.MapSpaces();
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var client = new HttpClient { BaseAddress = new Uri(new Uri(address), "/v1/"), Timeout = TimeSpan.FromMinutes(5) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", app.Services.GetRequiredService<ISpacesAccess>().DevelopmentKey);
        var spaces = new LocalSpaces(app, client);
        var space = await spaces.SendAsync("POST", "spaces", """{"name":"bench"}""");
        var fields = string.Join(',', Enumerable.Range(0, Fields).Select(i => $$"""{"key":"f{{i}}","type":"{{(IsNumber(i) ? "number" : "string")}}"}"""));
        var workbook = await spaces.SendAsync(
            "POST", "workbooks", $$"""{"name":"bench","spaceId":"{{space["id"]}}","sheets":[{"name":"bench","slug":"bench","fields":[{{fields}}]}]}""");
        spaces.Sheet = (string)workbook["sheets"]![0]!["id"]!;
        return spaces;
    }

    /// <summary>Sends a body and reads the answer to its end.</summary>
    public async Task<JsonNode> SendAsync(string method, string path, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonNode.Parse(text)!["data"]! : throw new InvalidOperationException($"{method} {path} answered {(int)response.StatusCode}: {text}");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
