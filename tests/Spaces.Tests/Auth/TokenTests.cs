using System.Text;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Auth;

/// <summary>Signing in, and everything that is tried instead.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";
    private readonly SteppedTime _time = new();
    private SpacesServer _server = null!;

    public async Task InitializeAsync() => _server = await SpacesServer.StartAsync(time: _time);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task AUserSignsInByPasswordAndEveryWrongWayLooksTheSame()
    {
        var user = await Sign.IdAsync(_server, "jane@example.com");
        await _server.DataAsync("POST", $"users/{user}/password", $$"""{"password":"{{Password}}"}""");
        await Sign.IdAsync(_server, "nopassword@example.com");

        var good = await SignInAsync("jane@example.com", Password);

        Assert.Equal(200, good.Status);
        Assert.Equal("86400", (string)good.Json["expiresIn"]!);
        Assert.Equal(user, (string)good.Json["userId"]!);
        Assert.Equal((string)good.Json["accessToken"]!, (string)good.Json["data"]!["accessToken"]!);
        var wrong = new[]
        {
            await SignInAsync("jane@example.com", "wrong horse battery"), await SignInAsync("nobody@example.com", Password),
            await SignInAsync("nopassword@example.com", Password), await SignInAsync("no address", Password), await SignInAsync("nopassword@example.com", new string('x', 5_000)),
        };
        Assert.All(wrong, reply => Assert.Equal((401, wrong[0].Text), (reply.Status, reply.Text)));
        using var stored = new StreamReader(new FileStream(Path.Combine(_server.Folder, "spaces.db-wal"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite), Encoding.Latin1);
        Assert.DoesNotContain(Password, await stored.ReadToEndAsync(), StringComparison.Ordinal);

        using var client = _server.NewClient((string)good.Json["accessToken"]!);
        Assert.Equal(200, (await _server.SendAsync("GET", "accounts/current", client: client)).Status);
        await _server.DataAsync("POST", $"users/{user}/password", """{"password":"another long password"}""");
        Assert.Equal(401, (await _server.SendAsync("GET", "accounts/current", client: client)).Status);
    }

    [Fact]
    public async Task TooManyFailuresUnderOneNameHaveToWaitAndOthersDoNot()
    {
        await Sign.IdAsync(_server, "jane@example.com");
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(401, (await ClientAsync("client_none", "x")).Status);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "auth");
        request.Content = new StringContent("""{"type":"apiCredentials","clientId":"client_none","secret":"x"}""", Encoding.UTF8, "application/json");
        using var late = await _server.Client.SendAsync(request);
        Assert.Equal(429, (int)late.StatusCode);
        Assert.InRange(late.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Assert.Equal(401, (await ClientAsync("client_other", "x")).Status);
        _time.Step(TimeSpan.FromMinutes(2));
        Assert.Equal(401, (await ClientAsync("client_none", "x")).Status);
    }

    [Fact]
    public async Task CallsWithoutCredentialsAreCountedByAddress()
    {
        await using var server = await SpacesServer.StartAsync(configure: options => options.PublicCallsPerMinute = 5);
        var statuses = new List<int>();
        for (var i = 0; i < 7; i++)
        {
            statuses.Add((await server.SendAsync("POST", "invitations/exchange", """{"token":"x"}""")).Status);
        }

        Assert.Equal([200, 200, 200, 200, 200, 429, 429], statuses);
        Assert.Equal(200, (await server.SendAsync("GET", "spaces")).Status);
    }

    [Fact]
    public async Task ATokenIsRenewedUntilTheSessionIsTooLongAndNoFurther()
    {
        var token = await Sign.TokenAsync(_server, "jane@example.com");
        for (var day = 0; day < 60; day++)
        {
            _time.Step(TimeSpan.FromHours(23));
            var reply = await _server.SendAsync("POST", "auth/refresh-token", $"\"{token}\"", _server.NewClient(null));
            if (reply.Status == 401)
            {
                Assert.InRange(day, 30, 32);
                return;
            }

            Assert.Equal(200, reply.Status);
            Assert.NotEqual(token, token = (string)reply.Json["accessToken"]!);
        }

        Assert.Fail("The session never ended.");
    }

    [Fact]
    public async Task APersonalAccessTokenIsShownOnceAndGoesWithItselfItsUserOrItsKey()
    {
        using var user = await Sign.InAsync(_server, "jane@example.com");
        using var key = await _server.SecretKeyAsync(_server.Access.EnvironmentId);
        foreach (var owner in new[] { user, key })
        {
            var made = await _server.DataAsync("POST", "auth/personal-access-tokens", """{"name":"mine"}""", owner);
            using var client = _server.NewClient((string)made["token"]!);
            Assert.Equal(200, (await _server.SendAsync("GET", "accounts/current", client: client)).Status);
            var listed = await _server.DataAsync("GET", "auth/personal-access-tokens", client: owner);
            Assert.DoesNotContain((string)made["token"]!, listed.ToJsonString(), StringComparison.Ordinal);
            Assert.Equal((string)made["personalAccessToken"]!["id"]!, (string)Assert.Single(listed.AsArray())!["id"]!);
            Assert.Equal(404, (await _server.SendAsync("DELETE", $"auth/personal-access-tokens/{made["personalAccessToken"]!["id"]}", client: owner == user ? key : user)).Status);
            await _server.DataAsync("DELETE", $"auth/personal-access-tokens/{made["personalAccessToken"]!["id"]}", client: owner);
            Assert.Equal(401, (await _server.SendAsync("GET", "accounts/current", client: client)).Status);
        }

        var last = (string)(await _server.DataAsync("POST", "auth/personal-access-tokens", """{"name":"last"}""", user))["token"]!;
        await _server.DataAsync("DELETE", $"users/{await Sign.IdAsync(_server, "jane@example.com")}");
        using var gone = _server.NewClient(last);
        Assert.Equal(401, (await _server.SendAsync("GET", "accounts/current", client: gone)).Status);
        Assert.Equal(401, (await _server.SendAsync("GET", "accounts/current", client: user)).Status);
    }

    [Fact]
    public async Task ForgedTokensAreRefusedAlike()
    {
        var good = await Sign.TokenAsync(_server, "jane@example.com");
        var (kind, rest) = (good[..3], good[3..]);
        var (body, signature) = (rest.Split('.')[0], rest.Split('.')[1]);
        var claims = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(body));
        string Claim(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
        var later = Claim(claims.Replace("\"e\":", "\"e\":9", StringComparison.Ordinal));
        string Jwt(string header) => $"{Claim(header)}.{Claim("""{"sub":"us_usr_1","exp":9999999999}""")}.";
        string[] forgeries =
        [
            $"{kind}{later}.{signature}", $"{kind}{body}.", $"{kind}{body}", $"{kind}.{signature}", $"{kind}{body}.{signature}=", $"{kind}{body}.{signature}A", $"{kind}{body}.{signature[..^1]}",
            $"{kind}{body}.{body}", $"gt_{rest}", $"kt_{rest}", $"link_{rest}", $"invite_{rest}", rest, good.ToUpperInvariant(), good + "." + signature, $"{kind}{body}..{signature}",
            Jwt("""{"alg":"none"}"""), Jwt("""{"alg":"None"}"""), Jwt("""{"alg":"HS256","kid":"../../token-secret"}"""), Jwt("""{"alg":"RS256","jku":"http://evil.example"}""") + "x",
            $"{Claim("""{"alg":"HS256","typ":"JWT"}""")}.{body}.{signature}", $"{kind}{Claim("""{"s":"us_usr_1|1||0","e":1e308,"n":""}""")}.{signature}",
            $"{kind}{Claim("""{"s":["us_usr_1"],"e":"x"}""")}.{signature}", $"{kind}{Claim("null")}.{signature}", $"{kind}{Claim("{")}.{signature}", new string('a', 20_000), $"ut_{new string('.', 5_000)}",
            $"\"{good}\"", $"{good},{good}", $"{good} {good}",
        ];
        var texts = new HashSet<string>();
        foreach (var forgery in forgeries)
        {
            using var client = _server.NewClient(null);
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + forgery);
            var reply = await _server.SendAsync("GET", "accounts/current", client: client);
            Assert.True(reply.Status == 401, $"{forgery} was answered {reply.Status}");
            texts.Add(reply.Text);
            Assert.Equal(401, (await _server.SendAsync("POST", "auth/refresh-token", new JsonArray(forgery)[0]!.ToJsonString(), client)).Status);
        }

        Assert.Single(texts);
        using var nobody = _server.NewClient(null);
        Assert.Equal(401, (await _server.SendAsync("GET", $"accounts/current?token={good}&access_token={good}", client: nobody)).Status);
        using var twice = _server.NewClient(null);
        twice.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", ["Bearer " + good, "Bearer " + good]);
        Assert.Equal(401, (await _server.SendAsync("GET", "accounts/current", client: twice)).Status);
        _time.Step(TimeSpan.FromHours(25));
        using var old = _server.NewClient(good);
        Assert.Equal(401, (await _server.SendAsync("GET", "accounts/current", client: old)).Status);
    }

    [Fact]
    public async Task TokensAndSecretsStandInNoEventNoRepeatAndNoDatabase()
    {
        var user = await Sign.TokenAsync(_server, "jane@example.com");
        var space = await _server.SendAsync("POST", "spaces", """{"name":"S","guestAccess":true}""", idempotencyKey: "k1");
        var again = await _server.SendAsync("POST", "spaces", """{"name":"S","guestAccess":true}""", idempotencyKey: "k1");
        Assert.Equal(space.Text, again.Text);
        var data = space.Json["data"]!;
        var pat = (string)(await _server.SendAsync("POST", "auth/personal-access-tokens", """{"name":"p"}""", idempotencyKey: "k2")).Json["data"]!["token"]!;
        Assert.Null((await _server.SendAsync("POST", "auth/personal-access-tokens", """{"name":"p"}""", idempotencyKey: "k2")).Json["data"]!["token"]);
        await _server.DataAsync("GET", "events?since=2000-01-01T00:00:00Z");
        var everything = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(_server.Folder, "*.db*", SearchOption.AllDirectories))
        {
            using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), Encoding.Latin1);
            everything.Append(await reader.ReadToEndAsync());
        }

        var text = everything.ToString();
        Assert.Contains("\"name\":\"S\"", text, StringComparison.Ordinal);
        foreach (var secret in new[] { user, (string)data["accessToken"]!, (string)data["guestLink"]!, pat, _server.Access.DevelopmentKey })
        {
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        }
    }

    private Task<Reply> SignInAsync(string email, string password) =>
        _server.SendAsync("POST", "auth", new JsonObject { ["type"] = "userCredentials", ["email"] = email, ["password"] = password }.ToJsonString(), _server.NewClient(null));

    private Task<Reply> ClientAsync(string id, string secret) =>
        _server.SendAsync("POST", "auth", new JsonObject { ["type"] = "apiCredentials", ["clientId"] = id, ["secret"] = secret }.ToJsonString(), _server.NewClient(null));
}
