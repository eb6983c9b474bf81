using System.Net.Http.Headers;
using Flatfile.Spaces.Auth;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Auth;

public sealed class AccessTests : IAsyncLifetime
{
    private SpacesServer _server = null!;

    public async Task InitializeAsync() => _server = await SpacesServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public static TheoryData<string?> WrongTokens() =>
    [
        null, "", "Bearer", "Bearer ", "Bearer sk_", "Bearer sk_" + new string('a', 43), "Basic abc", "Bearer pk_" + new string('a', 43),
        "Bearer sk_" + new string('a', 1_000), "Bearer null",
    ];

    [Theory]
    [MemberData(nameof(WrongTokens))]
    public async Task WithoutAGoodKeyEveryCallIsRefusedAlike(string? header)
    {
        using var client = _server.NewClient(null);
        if (header is not null)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        }

        var texts = new HashSet<string>();
        foreach (var (method, path) in new[] { ("GET", "spaces"), ("POST", "spaces"), ("GET", "nothing"), ("GET", "guests"), ("DELETE", "spaces/us_sp_00000000"), ("GET", "events") })
        {
            var reply = await _server.SendAsync(method, path, client: client);
            Assert.Equal(401, reply.Status);
            texts.Add(reply.Text);
        }

        Assert.Single(texts);
    }

    [Fact]
    public async Task TwoAuthorizationHeadersAreRefused()
    {
        using var client = _server.NewClient(null);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", ["Bearer " + _server.Access.DevelopmentKey, "Bearer x"]);

        Assert.Equal(401, (await _server.SendAsync("GET", "spaces", client: client)).Status);
    }

    [Fact]
    public async Task ThingsOfAnotherEnvironmentAreAnsweredLikeThingsThatNeverWere()
    {
        var space = await _server.DataAsync("POST", "spaces", """{"workbook":{"name":"W","sheets":[{"name":"S","fields":[]}]}}""");
        var workbook = (string)space["primaryWorkbookId"]!;
        var sheet = (string)(await _server.DataAsync("GET", $"sheets?workbookId={workbook}"))[0]!["id"]!;
        var news = (string)(await _server.DataAsync("GET", $"events?spaceId={space["id"]}"))[0]!["id"]!;
        var (_, stranger) = await _server.OtherEnvironmentAsync();
        using (stranger)
        {
            string[] calls =
            [
                $"GET spaces/{space["id"]}", $"PATCH spaces/{space["id"]}", $"DELETE spaces/{space["id"]}", $"DELETE spaces?spaceIds={space["id"]}",
                $"POST spaces/{space["id"]}/archive", $"POST spaces/{space["id"]}/unarchive", $"GET workbooks/{workbook}", $"PATCH workbooks/{workbook}",
                $"DELETE workbooks/{workbook}", $"GET workbooks?spaceId={space["id"]}", $"GET sheets?workbookId={workbook}", $"GET sheets/{sheet}",
                $"PATCH sheets/{sheet}", $"DELETE sheets/{sheet}", $"POST sheets/{sheet}/fields", $"DELETE sheets/{sheet}/fields/a", $"POST sheets/{sheet}/lock",
                $"POST sheets/{sheet}/unlock", $"GET events/{news}", $"POST events/{news}/ack", $"GET events?spaceId={space["id"]}",
                $"GET events?environmentId={_server.Access.EnvironmentId}", $"GET environments/{_server.Access.EnvironmentId}",
                $"PATCH environments/{_server.Access.EnvironmentId}", $"GET auth/api-keys?environmentId={_server.Access.EnvironmentId}",
                $"POST auth/api-key?environmentId={_server.Access.EnvironmentId}&type=SECRET",
                $"DELETE auth/api-key?environmentId={_server.Access.EnvironmentId}&key=x", $"GET spaces?environmentId={_server.Access.EnvironmentId}",
            ];
            foreach (var call in calls)
            {
                var words = call.Split(' ');
                var reply = await _server.SendAsync(words[0], words[1], words[0] is "PATCH" or "POST" ? "{}" : null, stranger);
                Assert.True(reply.Status == 404, $"{call} answered {reply.Status}: {reply.Text}");
            }

            Assert.Equal(404, (await _server.SendAsync("POST", "workbooks", $$"""{"name":"W","spaceId":"{{space["id"]}}"}""", stranger)).Status);
            Assert.Equal(404, (await _server.SendAsync(
                "POST", "events", $$$"""{"topic":"a:b","domain":"space","context":{"spaceId":"{{{space["id"]}}}"},"payload":{}}""", stranger)).Status);
            Assert.Empty((await _server.DataAsync("GET", "spaces", client: stranger)).AsArray());
            Assert.Empty((await _server.DataAsync("GET", "workbooks", client: stranger)).AsArray());
            Assert.DoesNotContain(
                (await _server.DataAsync("GET", "events?since=2000-01-01T00:00:00Z", client: stranger)).AsArray(),
                one => (string)one!["domain"]! != "environment");
            Assert.Single((await _server.DataAsync("GET", "environments", client: stranger)).AsArray());
            Assert.Equal(403, (await _server.SendAsync("POST", "environments", """{"name":"x"}""", stranger)).Status);
        }

        Assert.Equal(200, (await _server.SendAsync("GET", $"sheets/{sheet}")).Status);
    }

    [Fact]
    public async Task AKeyIsShownOnceStoredHashedAndRefusedOnceDeleted()
    {
        var environment = _server.Access.EnvironmentId;
        var created = await _server.DataAsync("POST", $"auth/api-key?environmentId={environment}&type=SECRET");
        var secret = (string)created[0]!["rawKey"]!;
        using var client = _server.NewClient(secret);
        Assert.Equal(200, (await _server.SendAsync("GET", "spaces", client: client)).Status);

        var listed = await _server.DataAsync("GET", $"auth/api-keys?environmentId={environment}");
        Assert.Equal(2, listed.AsArray().Count);
        Assert.DoesNotContain(secret, listed.ToJsonString(), StringComparison.Ordinal);

        await _server.DataAsync("DELETE", $"auth/api-key?environmentId={environment}&key={created[0]!["id"]}");
        Assert.Equal(401, (await _server.SendAsync("GET", "spaces", client: client)).Status);
        var bytes = await ReadSharedAsync(Path.Combine(_server.Folder, "spaces.db-wal"));
        Assert.DoesNotContain(secret, System.Text.Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARepeatedKeyCreationMakesNoSecondKeyAndDoesNotShowTheFirst()
    {
        var path = $"auth/api-key?environmentId={_server.Access.EnvironmentId}&type=SECRET";

        var first = await _server.SendAsync("POST", path, idempotencyKey: "k1");
        var second = await _server.SendAsync("POST", path, idempotencyKey: "k1");

        Assert.NotNull(first.Json["data"]![0]!["rawKey"]);
        Assert.Null(second.Json["data"]![0]!["rawKey"]);
        Assert.Equal((string)first.Json["data"]![0]!["id"]!, (string)second.Json["data"]![0]!["id"]!);
    }

    [Fact]
    public async Task TheDevelopmentKeyCannotBeDeleted()
    {
        var environment = _server.Access.EnvironmentId;
        var key = (string)(await _server.DataAsync("GET", $"auth/api-keys?environmentId={environment}"))[0]!["id"]!;

        Assert.Equal(409, (await _server.SendAsync("DELETE", $"auth/api-key?environmentId={environment}&key={key}")).Status);
        Assert.Equal(400, (await _server.SendAsync("POST", $"auth/api-key?environmentId={environment}")).Status);
    }

    [Fact]
    public async Task APublishableKeyMayCreateASpaceAndReadNone()
    {
        var environment = _server.Access.EnvironmentId;
        var key = await _server.DataAsync("GET", $"auth/publishable-key?environmentId={environment}");
        Assert.StartsWith("pk_", (string)key["rawKey"]!, StringComparison.Ordinal);
        Assert.Equal((string)key["rawKey"]!, (string)(await _server.DataAsync("GET", $"auth/publishable-key?environmentId={environment}"))["rawKey"]!);
        Assert.DoesNotContain("pk_", (await _server.DataAsync("GET", $"auth/api-keys?environmentId={environment}")).ToJsonString(), StringComparison.Ordinal);
        using var client = _server.NewClient((string)key["rawKey"]!);

        var space = await _server.SpaceAsync(client: client);

        foreach (var path in new[] { "spaces", $"spaces/{space}", "environments", "events", "accounts/current", $"files?spaceId={space}" })
        {
            Assert.Equal(403, (await _server.SendAsync("GET", path, client: client)).Status);
        }

        await _server.DataAsync("DELETE", $"auth/api-key?environmentId={environment}&key={key["id"]}");
        Assert.Equal(401, (await _server.SendAsync("POST", "spaces", "{}", client)).Status);
    }

    [Fact]
    public async Task BeyondThisMachineTheDevelopmentKeyIsRefusedUnlessAllowed()
    {
        await using var open = await SpacesServer.StartAsync(address: "http://0.0.0.0:0");
        await using var allowed = await SpacesServer.StartAsync(address: "http://0.0.0.0:0", configure: options => options.AllowDevelopmentKeyBeyondLoopback = true);

        Assert.Equal(401, await StatusAsync(open));
        Assert.Equal(200, await StatusAsync(allowed));

        static async Task<int> StatusAsync(SpacesServer server)
        {
            using var client = new HttpClient();
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Access.DevelopmentKey);
            using var response = await client.GetAsync($"http://127.0.0.1:{server.Address.Port}/v1/spaces");
            return (int)response.StatusCode;
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", true)]
    [InlineData("http://localhost:5080", true)]
    [InlineData("http://[::1]:5080", true)]
    [InlineData("http://0.0.0.0:5080", false)]
    [InlineData("http://[::]:5080", false)]
    [InlineData("http://*:5080", false)]
    [InlineData("http://+:5080", false)]
    [InlineData("http://localhost.evil.com:5080", false)]
    [InlineData("http://10.0.0.1:5080", false)]
    public void LoopbackIsToldByTheAddress(string address, bool loopback) => Assert.Equal(loopback, Reach.IsLoopback(address));

    [Fact]
    public async Task TheKeyFileIsForItsOwnerOnlyAndSurvivesARestart()
    {
        using var folder = new TemporaryFolder();
        string key;
        await using (var first = await SpacesServer.StartAsync(folder.Path))
        {
            key = first.Access.DevelopmentKey;
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder.Path, "development-key")));
            }
        }

        await using (var second = await SpacesServer.StartAsync(folder.Path))
        {
            Assert.Equal(key, second.Access.DevelopmentKey);
        }

        File.Delete(Path.Combine(folder.Path, "development-key"));
        await using var third = await SpacesServer.StartAsync(folder.Path);
        Assert.NotEqual(key, third.Access.DevelopmentKey);
        using var old = third.NewClient(key);
        Assert.Equal(401, (await third.SendAsync("GET", "spaces", client: old)).Status);
        Assert.Equal(200, (await third.SendAsync("GET", "spaces")).Status);
    }

    private static async Task<byte[]> ReadSharedAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    [Fact]
    public async Task WhatIsKeptIsForItsOwnerOnlyAlsoInAFolderThatWasThere()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path, (UnixFileMode)0b111_101_101);
        await using var server = await SpacesServer.StartAsync(folder.Path);

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        foreach (var name in new[] { "development-key", "token-secret", "spaces.db", "spaces.db-wal", "spaces", "uploads" })
        {
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Path.Combine(folder.Path, name)) & Others);
        }
    }
}
