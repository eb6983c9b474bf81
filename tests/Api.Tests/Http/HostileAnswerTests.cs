using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Flatfile.Api.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Flatfile.Api.Tests.Http;

/// <summary>What answers is not Flatfile, or means harm.</summary>
public class HostileAnswerTests
{
    private const int Limit = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    [Trait("Row", "F-14")]
    public async Task AnAnswerThatUnpacksToFarMoreIsReadOnlyToTheLimit()
    {
        await using var server = await TestServer.StartAsync(async (c, _) =>
        {
            c.Response.ContentType = "application/json";
            c.Response.Headers.ContentEncoding = "gzip";
            await using var packed = new GZipStream(c.Response.Body, CompressionLevel.SmallestSize);
            await packed.WriteAsync("{\"data\":{\"id\":\""u8.ToArray());
            var block = new byte[Limit];
            block.AsSpan().Fill((byte)'x');
            for (var i = 0; i < 200 && !c.RequestAborted.IsCancellationRequested; i++)
            {
                await packed.WriteAsync(block);
            }
        });
        using var client = server.Client(o => o.MaxAnswerBytes = Limit);

        var fault = await Assert.ThrowsAsync<FlatfileApiException>(() => client.Spaces.GetAsync("us_sp_1"));

        Assert.Equal(FlatfileErrorCode.BadAnswer, fault.Code);
        Assert.Contains("longer than 1048576 bytes", fault.Message, StringComparison.Ordinal);
        Assert.Single(server.Seen);
    }

    [Fact]
    [Trait("Row", "F-14")]
    public async Task AnAnswerThatNeverEndsIsReadOnlyToTheLimit()
    {
        await using var server = await TestServer.StartAsync(async (c, _) =>
        {
            c.Response.ContentType = "application/json";
            var block = new byte[16 * 1024];
            block.AsSpan().Fill((byte)' ');
            while (!c.RequestAborted.IsCancellationRequested)
            {
                await c.Response.Body.WriteAsync(block, CancellationToken.None);
            }
        });
        using var client = server.Client(o => o.MaxAnswerBytes = Limit);

        var fault = await Assert.ThrowsAsync<FlatfileApiException>(() => client.Spaces.GetAsync("us_sp_1")).WaitAsync(Patience);

        Assert.Equal(FlatfileErrorCode.BadAnswer, fault.Code);
        Assert.Single(server.Seen);
    }

    [Fact]
    [Trait("Row", "F-14")]
    public async Task AnAnswerThatComesByteByByteEndsAtTheTimeOfTheCall()
    {
        var (begun, left) = (new TaskCompletionSource(), new TaskCompletionSource());
        var time = new HeldTime();
        await using var server = await TestServer.StartAsync(async (c, _) =>
        {
            c.Response.ContentType = "application/json";
            await c.Response.Body.WriteAsync(" "u8.ToArray());
            await c.Response.Body.FlushAsync();
            c.RequestAborted.Register(() => left.TrySetResult());
            begun.TrySetResult();
            await left.Task;
        });
        using var client = server.Client(o => (o.TimeProvider, o.MaxRetries, o.Timeout) = (time, 0, TimeSpan.FromMilliseconds(300)));

        var call = client.Spaces.GetAsync("us_sp_1");
        await begun.Task.WaitAsync(Patience);
        time.Pass();
        var fault = await Assert.ThrowsAsync<FlatfileApiException>(() => call).WaitAsync(Patience);
        await left.Task.WaitAsync(Patience);

        Assert.Contains("longer than 0.3 seconds", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Row", "F-15")]
    public async Task ACertificateThatNobodyVouchesForIsRefusedAndTheReasonIsSaid()
    {
        using var certificate = SelfSigned();
        await using var server = await TestServer.StartAsync((c, _) => c.JsonAsync(Answers.Space), certificate);
        using var client = server.Client(o => o.MaxRetries = 0);

        var fault = await Assert.ThrowsAsync<FlatfileApiException>(() => client.Spaces.GetAsync("us_sp_1"));

        Assert.Equal(FlatfileErrorCode.Unreachable, fault.Code);
        Assert.Contains("certificate", fault.Message, StringComparison.Ordinal);
        Assert.Empty(server.Seen);
    }

    [Fact]
    [Trait("Row", "F-15")]
    public async Task AProxyThatWantsAPasswordIsSaidAndGetsNoKey()
    {
        await using var proxy = await TestServer.StartAsync((c, _) =>
        {
            c.Response.StatusCode = StatusCodes.Status407ProxyAuthenticationRequired;
            c.Response.Headers.ProxyAuthenticate = "Basic realm=\"house\"";
            return Task.CompletedTask;
        });
        using var handler = new SocketsHttpHandler { Proxy = new WebProxy(proxy.Address) };
        using var client = new FlatfileClient(new FlatfileClientOptions { BaseAddress = new Uri("https://flatfile.example/v1"), Token = "sk_secret", MaxRetries = 0 }, handler);

        var fault = await Assert.ThrowsAsync<FlatfileApiException>(() => client.Spaces.GetAsync("us_sp_1"));

        Assert.Equal(FlatfileErrorCode.Unreachable, fault.Code);
        Assert.Contains("407", fault.Message, StringComparison.Ordinal);
        Assert.All(proxy.Seen, seen => Assert.DoesNotContain(seen.Headers, h => h.Value.Contains("sk_secret", StringComparison.Ordinal)));
        Assert.NotEmpty(proxy.Seen);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }
}
