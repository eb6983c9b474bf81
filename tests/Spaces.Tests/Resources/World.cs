using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Resources;

/// <summary>One server with one of everything resources hang on, and a key of another environment.</summary>
public sealed class World : IAsyncLifetime
{
    private readonly Dictionary<string, string> _ids = [];

    internal SpacesServer Server { get; private set; } = null!;

    internal HttpClient Stranger { get; private set; } = null!;

    /// <summary>A text with the words in braces replaced by ids.</summary>
    public string Fill(string text) => _ids.Aggregate(text, (filled, id) => filled.Replace("{" + id.Key + "}", id.Value, StringComparison.Ordinal));

    public async Task InitializeAsync()
    {
        Server = await SpacesServer.StartAsync();
        var space = await Server.DataAsync("POST", "spaces", """{"name":"A space"}""");
        _ids["space"] = (string)space["id"]!;
        _ids["environment"] = (string)space["environmentId"]!;
        _ids["account"] = (string)(await Server.DataAsync("GET", "accounts/current"))["id"]!;
        var workbook = await Server.DataAsync("POST", "workbooks", Fill("""{"name":"W","spaceId":"{space}","sheets":[{"name":"S","slug":"s","fields":[{"key":"a","type":"string"}]}]}"""));
        _ids["workbook"] = (string)workbook["id"]!;
        _ids["sheet"] = (string)workbook["sheets"]![0]!["id"]!;
        foreach (var (name, from) in new[] { ("onboarding", "onboardings"), ("runbook", "runbooks"), ("thread", "threads"), ("app", "apps") })
        {
            var row = LifeCases.All.Single(one => one.Name == from);
            _ids[name] = (string)(await Server.DataAsync("POST", row.Path, Fill(row.New)))["id"]!;
        }

        (_, Stranger) = await Server.OtherEnvironmentAsync();
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>Asks, with words in braces replaced.</summary>
    internal Task<Reply> SendAsync(string method, string path, string? body = null, HttpClient? client = null) =>
        Server.SendAsync(method, Fill(path), body is null ? null : Fill(body), client);

    internal Task<JsonNode> DataAsync(string method, string path, string? body = null) => Server.DataAsync(method, Fill(path), body is null ? null : Fill(body));

    /// <summary>Topics of the environment that were raised since a moment, oldest first.</summary>
    internal async Task<string[]> TopicsAsync(string domainPrefix) =>
        [.. (await DataAsync("GET", "events?since=2000-01-01T00:00:00Z&pageSize=1000")).AsArray()
            .Select(one => (string)one!["topic"]!).Where(topic => topic.StartsWith(domainPrefix, StringComparison.Ordinal))];
}
