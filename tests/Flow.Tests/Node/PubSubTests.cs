using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Flow.Tests.Support;
using Xunit.Abstractions;

namespace Flow.Tests.Node;

/// <summary>The official PubSub driver, unmodified but for its origin, on this server's subscription in the PubNub dialect.</summary>
public sealed class PubSubTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [NodeFact]
    public async Task TheOfficialDriverReceivesWhatHappensAndMissesNothingThroughAKillOfTheServer()
    {
        using var data = new TempFolder();
        var server = Serve(data, 0);
        SpacesProbe? probe = null;
        try
        {
            probe = await SpacesProbe.OpenAsync(data.Path, server, Patience);
            var port = probe.Address.Port;
            var following = NodeProgram.RunAsync("pubsub/driver.mjs", await EnvironmentAsync(probe));
            var space = "";
            await Eventually.Async(
                async () =>
                {
                    var spaces = await probe.GetAsync("spaces?pageSize=100");
                    space = spaces.EnumerateArray().FirstOrDefault(one => one.GetProperty("name").GetString() == "restart") is { ValueKind: JsonValueKind.Object } found
                        ? found.GetProperty("id").GetString()! : "";
                    return space.Length > 0 || following.IsCompleted;
                },
                Patience, () => "the driver to be through with its first part");
            if (!following.IsCompleted)
            {
                await CreateJobsAsync(probe, space, 0);
                await server.DisposeAsync();
                server = Serve(data, port);
                probe.Dispose();
                probe = await SpacesProbe.OpenAsync(data.Path, server, Patience);
                await CreateJobsAsync(probe, space, 5);
            }

            var seen = (await following)[^1];
            output.WriteLine(seen.GetRawText());
            var before = seen.GetProperty("before").EnumerateArray().Select(topic => topic.GetString()!).ToList();
            Assert.Equal(["space:created", "job:created", "job:ready"], before[..3]);
            Assert.Contains("workbook:created", before);
            Assert.Contains("commit:created", before);
            Assert.Equal(
                Enumerable.Range(0, 10).Select(n => string.Create(CultureInfo.InvariantCulture, $"space:away-{n}")),
                seen.GetProperty("after").EnumerateArray().Select(job => job.GetString()!));
            Assert.Equal(0, seen.GetProperty("twice").GetInt32());
        }
        finally
        {
            probe?.Dispose();
            await server.DisposeAsync();
        }
    }

    /// <summary>Without handlers of ours: the driver alone looks on.</summary>
    private static AgentProcess Serve(TempFolder data, int port) => AgentProcess.Start(
        new Dictionary<string, string> { ["Agent__HandlersOff__0"] = "*" },
        "serve", "--data", data.Path, "--port", port.ToString(CultureInfo.InvariantCulture));

    private static async Task CreateJobsAsync(SpacesProbe probe, string space, int first)
    {
        using var http = new HttpClient { BaseAddress = new Uri(probe.Address, "/v1/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", probe.Key);
        for (var n = first; n < first + 5; n++)
        {
            using var body = new StringContent(
                string.Create(CultureInfo.InvariantCulture, $$"""{"type":"space","operation":"away-{{n}}","source":"{{space}}","trigger":"immediate"}"""), Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri("jobs", UriKind.Relative), body);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }
    }

    private static async Task<Dictionary<string, string>> EnvironmentAsync(SpacesProbe probe)
    {
        var environments = await probe.GetAsync("environments");
        var address = probe.Address.ToString().TrimEnd('/');
        return new Dictionary<string, string>
        {
            ["FLATFILE_API_URL"] = address,
            ["AGENT_INTERNAL_URL"] = address,
            ["FLATFILE_API_KEY"] = probe.Key,
            ["FLATFILE_BEARER_TOKEN"] = probe.Key,
            ["FLATFILE_ENVIRONMENT_ID"] = environments[0].GetProperty("id").GetString()!,
            ["NODE_OPTIONS"] = "--import ./support/pubnub-origin.mjs",
        };
    }
}
