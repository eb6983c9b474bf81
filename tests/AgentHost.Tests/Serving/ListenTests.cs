using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using AgentHost.Tests.Support;
using Contracts.Support;
using Flatfile.Api;

namespace AgentHost.Tests.Serving;

/// <summary>The whole host where others reach it.</summary>
public sealed class ListenTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly TemporaryFolder _folder = new();

    public ListenTests()
    {
        var plugin = Directory.CreateDirectory(Path.Combine(_folder["drop"], "Fatal"));
        File.Copy(Repository.Path("artifacts", "test-plugins", "Fatal", "Fatal.dll"), Path.Combine(plugin.FullName, "Fatal.dll"));
        Directory.CreateDirectory(_folder["witness"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TheAgentBesideSpacesWorksAndTheDevelopmentKeyOpensNothing()
    {
        string key;
        await using (var alone = await StartAsync())
        {
            key = await MakeKeyAsync(alone);
        }

        await using var served = await StartAsync(("Agent__Listen", "0.0.0.0"));
        using var client = new FlatfileClient(new FlatfileClientOptions { BaseAddress = new Uri(served.Url), Token = key });
        await client.Spaces.CreateAsync(new SpaceConfig { Name = "seen" });

        var refused = await Assert.ThrowsAsync<FlatfileApiException>(() => served.Client.Spaces.CreateAsync(new SpaceConfig { Name = "not" }));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
        var file = Path.Combine(_folder["witness"], "seen");
        await Signal.UntilAsync(() => Task.FromResult(File.Exists(file) && new FileInfo(file).Length > 0), "the handler to read the space; the host said: " + served.Program.Error, Limit);
    }

    private Task<ServedFolder> StartAsync(params (string Name, string Value)[] settings) => ServedFolder.StartAsync(
        _folder, [("Agent__PluginFolders__0", _folder["drop"]), ("WITNESS_FOLDER", _folder["witness"]), .. settings]);

    private static async Task<string> MakeKeyAsync(ServedFolder served)
    {
        var environment = await served.Client.Environments.ListAsync().FirstAsync();
        using var http = new HttpClient { BaseAddress = new Uri(served.Url) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", served.Key);
        using var answer = await http.PostAsync(new Uri($"/v1/auth/api-key?environmentId={environment.Id}&type=SECRET", UriKind.Relative), null);
        return JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["data"]![0]!["rawKey"]!.ToString();
    }
}
