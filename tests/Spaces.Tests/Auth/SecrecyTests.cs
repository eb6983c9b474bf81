using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Exchange;
using Flatfile.Spaces.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Tests.Auth;

/// <summary>Keys, tokens and passwords are in the answers that give them out, and nowhere else: no log however talkative, no database, no export, no event.</summary>
public sealed class SecrecyTests
{
    [Fact]
    public async Task WhatOpensSomethingIsKeptNowhereInTheClear()
    {
        using var log = new AllWords();
        await using var server = await SpacesServer.StartAsync(services: services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)));
        var environment = server.Access.EnvironmentId;
        using var nobody = server.NewClient(null);
        var found = new Dictionary<string, string>();

        var user = await Sign.IdAsync(server, "jane@example.com");
        var client = (await OnceAsync("POST", $"users/{user}/api-token?tenantId={server.Access.AccountId}", "{}"))["data"]!;
        found["client secret"] = (string)client["secret"]!;
        var signedIn = await server.SendAsync("POST", "auth", $$"""{"type":"apiCredentials","clientId":"{{client["clientId"]}}","secret":"{{client["secret"]}}"}""", nobody);
        found["user token"] = (string)signedIn.Json["accessToken"]!;
        found["password"] = "PASSWORDinCLEAR";
        await OnceAsync("POST", $"users/{user}/password", """{"password":"PASSWORDinCLEAR"}""");
        found["wrong password"] = "WRONGPASSWORDinCLEAR";
        await server.SendAsync("POST", "auth", """{"type":"userCredentials","email":"jane@example.com","password":"WRONGPASSWORDinCLEAR"}""", nobody);
        found["personal token"] = (string)(await OnceAsync("POST", "auth/personal-access-tokens", """{"name":"p"}"""))["data"]!["token"]!;
        found["secret key"] = (string)(await OnceAsync("POST", $"auth/api-key?environmentId={environment}&type=SECRET", "{}"))["data"]![0]!["rawKey"]!;
        await server.SendAsync("DELETE", $"auth/api-key?environmentId={environment}&key={found["secret key"]}");
        var space = (await OnceAsync("POST", "spaces", """{"name":"S","guestAccess":true}"""))["data"]!;
        found["space token"] = (string)space["accessToken"]!;
        found["link"] = new Uri((string)space["guestLink"]!).Query[7..];
        var exchanged = await server.DataAsync("POST", "invitations/exchange", $$"""{"token":"{{found["link"]}}","email":"g@example.com"}""", nobody);
        found["guest token"] = (string)exchanged["token"]!;
        found["channel token"] = (string)(await server.DataAsync("GET", $"subscription?scope={environment}"))["token"]!;
        await server.SendAsync("GET", $"/v2/subscribe/sub-c-spaces/environment.{environment}/0?tt=0&auth={found["channel token"]}", client: nobody);
        var page = (string)(await server.DataAsync("GET", $"auth/publishable-key?environmentId={environment}"))["rawKey"]!;
        found["publishable key"] = page;
        await server.SendAsync("POST", $"internal/spaces/init?publishableKey={page}", """{"space":{"name":"x"}}""", nobody);
        found["development key"] = server.Access.DevelopmentKey;

        var places = new Dictionary<string, string>
        {
            ["the log"] = log.Text, ["the export"] = string.Concat(Archives.Entries(await server.ExportAsync((string)space["id"]!)).Values.Select(Encoding.Latin1.GetString)),
            ["the events"] = (await server.SendAsync("GET", "events?since=2000-01-01T00:00:00Z&includeAcknowledged=true")).Text,
        };
        foreach (var path in Directory.EnumerateFiles(server.Folder, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) is not ("development-key" or "token-secret" or "lock")))
        {
            using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), Encoding.Latin1);
            places[Path.GetRelativePath(server.Folder, path)] = await file.ReadToEndAsync();
        }

        Assert.Contains("POST /v1/auth is answered 401", places["the log"], StringComparison.Ordinal);
        Assert.Empty(places.SelectMany(place => found.Where(one => place.Value.Contains(one.Value, StringComparison.Ordinal)).Select(one => $"{one.Key} in {place.Key}")));

        async Task<JsonNode> OnceAsync(string method, string path, string body)
        {
            var reply = await server.SendAsync(method, path, body, idempotencyKey: Guid.NewGuid().ToString("N"));
            Assert.True(reply.Status == 200, reply.Text);
            return reply.Json;
        }
    }

    private sealed class AllWords : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public string Text => string.Join('\n', _lines);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            _lines.Enqueue(state.ToString() ?? "");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
