using System.Net;
using System.Text;
using Flatfile.Api.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Flatfile.Api.Tests.Clients;

public class FilesTests
{
    private const string Answer = """{"data":{"id":"us_fl_1","name":"a.csv","ext":"csv","mimetype":"text/csv","encoding":"7bit","status":"complete","size":3,"bytesReceived":3,"spaceId":"us_sp_1","createdAt":"2023-10-30T20:04:28.556Z","updatedAt":"2023-10-30T20:04:28.556Z"}}""";

    [Fact]
    public async Task TheFormHasTheOrderOfTheOfficialClientAndARawName()
    {
        string? form = null;
        await using var server = await TestServer.StartAsync(async (c, _) =>
        {
            form = Encoding.UTF8.GetString(await c.BodyAsync());
            await c.JsonAsync(Answer);
        });
        using var client = server.Client();

        var file = await client.Files.UploadAsync(
            "us_sp_1", null, "Größe \"1\".csv", new MemoryStream("a,b"u8.ToArray()), new FileUpload { Mode = "import", Origin = "filesystem" });

        Assert.Equal("us_fl_1", file.Id);
        var boundary = server.Seen.Single().Headers["Content-Type"].Split("boundary=")[1].Trim('"');
        Assert.Equal(
            string.Join("\r\n",
                $"--{boundary}", "Content-Disposition: form-data; name=\"spaceId\"", "", "us_sp_1",
                $"--{boundary}", "Content-Disposition: form-data; name=\"environmentId\"", "", "us_env_1",
                $"--{boundary}", "Content-Disposition: form-data; name=\"mode\"", "", "import",
                $"--{boundary}", "Content-Disposition: form-data; name=\"file\"; filename=\"Größe %221%22.csv\"", "Content-Type: application/octet-stream", "", "a,b",
                $"--{boundary}", "Content-Disposition: form-data; name=\"origin\"", "", "filesystem",
                $"--{boundary}--", ""),
            form);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TwoHundredMegabytesPassThroughASmallBuffer(bool canSeek)
    {
        const long size = 200L * 1024 * 1024;
        var received = 0L;
        await using var server = await TestServer.StartAsync(async (c, _) =>
        {
            received = await CountFileAsync(c.Request);
            await c.JsonAsync(Answer);
        });
        using var client = server.Client();
        await client.Files.UploadAsync("us_sp_1", null, "warm.csv", new PatternStream(1000, canSeek));
        var progress = new LastProgress();
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await client.Files.UploadAsync("us_sp_1", null, "big.csv", new PatternStream(size, canSeek), new FileUpload { Progress = progress });

        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.Equal(size, received);
        Assert.Equal(size, progress.Last);
        Assert.True(allocated < 24 * 1024 * 1024, $"{allocated:N0} bytes were allocated for {size:N0} sent, server included.");
        Assert.Equal(canSeek, server.Seen.Last().Headers.ContainsKey("Content-Length"));
    }

    [Fact]
    public async Task AnUploadThatIsRefusedAtOnceIsNotSent()
    {
        await using var server = await TestServer.StartAsync((c, _) => c.JsonAsync("""{"errors":[{"message":"who are you?"}]}""", 401));
        using var client = server.Client();
        var progress = new LastProgress();

        var fault = await Assert.ThrowsAsync<FlatfileApiException>(() => client.Files.UploadAsync(
            "us_sp_1", null, "big.csv", new PatternStream(1L << 40, canSeek: true), new FileUpload { Progress = progress }));

        Assert.Equal(FlatfileErrorCode.Unauthorized, fault.Code);
        Assert.Equal(0, progress.Last);
    }

    [Fact]
    public async Task AnUploadIsRepeatedFromWhereTheStreamStood()
    {
        var bodies = new List<long>();
        await using var server = await TestServer.StartAsync(async (c, n) =>
        {
            bodies.Add(await CountFileAsync(c.Request));
            await (n == 1 ? c.JsonAsync("{}", 503) : c.JsonAsync(Answer));
        });
        using var client = server.Client();
        var stream = new MemoryStream(new byte[1000]) { Position = 400 };

        await client.Files.UploadAsync("us_sp_1", null, "a.csv", stream);

        Assert.Equal([600, 600], bodies);
        Assert.Single(server.Seen.Select(s => s.Headers["Idempotency-Key"]).Distinct());
        Assert.True(stream.CanRead);
    }

    [Fact]
    public async Task AStreamThatCannotSeekIsSentOnce()
    {
        await using var server = await TestServer.StartAsync(async (c, _) =>
        {
            await CountFileAsync(c.Request);
            await c.JsonAsync("{}", 503);
        });
        using var client = server.Client();

        var fault = await Assert.ThrowsAsync<FlatfileApiException>(() => client.Files.UploadAsync("us_sp_1", null, "a.csv", new PatternStream(100, canSeek: false)));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, fault.Status);
        Assert.Single(server.Seen);
    }

    [Fact]
    public async Task AnUploadWithoutEnvironmentSaysWhatIsMissing()
    {
        await using var server = await TestServer.StartAsync(Answer);
        using var client = server.Client(o => o.EnvironmentId = null);

        var fault = await Assert.ThrowsAsync<ArgumentException>(() => client.Files.UploadAsync("us_sp_1", null, "a.csv", Stream.Null));

        Assert.Contains("environment", fault.Message);
    }

    [Fact]
    public async Task ADownloadIsReadWhileTheServerStillWrites()
    {
        var next = new SemaphoreSlim(0);
        await using var server = await TestServer.StartAsync(async (c, _) =>
        {
            foreach (var block in new[] { "one", "two" })
            {
                await c.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(block));
                await c.Response.Body.FlushAsync();
                await next.WaitAsync();
            }
        });
        using var client = server.Client();

        await using var stream = await client.Files.DownloadAsync("us_fl_1");
        var buffer = new byte[3];
        await stream.ReadExactlyAsync(buffer);
        Assert.Equal("one", Encoding.UTF8.GetString(buffer));
        next.Release();
        await stream.ReadExactlyAsync(buffer);
        Assert.Equal("two", Encoding.UTF8.GetString(buffer));
        next.Release();
        Assert.Equal(0, await stream.ReadAsync(buffer));
    }

    [Fact]
    public async Task DisposingADownloadEndsTheCall()
    {
        var gone = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(async (c, _) =>
        {
            c.RequestAborted.Register(gone.SetResult);
            await c.Response.Body.WriteAsync(new byte[100]);
            await c.Response.Body.FlushAsync();
            await gone.Task;
        });
        using var client = server.Client();

        var stream = await client.Files.DownloadAsync("us_fl_1");
        await stream.DisposeAsync();

        await gone.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task ADownloadThatBreaksOffIsNoShortFile()
    {
        var begun = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(async (c, _) =>
        {
            c.Response.ContentLength = 1000;
            await c.Response.Body.WriteAsync(new byte[100]);
            await c.Response.Body.FlushAsync();
            await begun.Task;
            c.Abort();
        });
        using var client = server.Client();

        await using var stream = await client.Files.DownloadAsync("us_fl_1");
        begun.SetResult();

        await Assert.ThrowsAnyAsync<IOException>(() => stream.CopyToAsync(Stream.Null));
    }

    [Fact]
    public async Task ADownloadThatStandsStillIsGivenUp()
    {
        var release = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(async (c, _) =>
        {
            await c.Response.Body.WriteAsync(new byte[10]);
            await c.Response.Body.FlushAsync();
            await release.Task;
        });
        using var client = server.Client(o =>
        {
            o.TimeProvider = TimeProvider.System;
            o.Timeout = TimeSpan.FromMilliseconds(300);
        });

        await using var stream = await client.Files.DownloadAsync("us_fl_1");
        var fault = await Assert.ThrowsAsync<IOException>(() => stream.CopyToAsync(Stream.Null).WaitAsync(TimeSpan.FromSeconds(60)));
        release.SetResult();

        Assert.Contains("stood still", fault.Message);
    }

    [Fact]
    public async Task ADownloadThatIsRefusedThrowsLikeAnyCall()
    {
        await using var server = await TestServer.StartAsync((c, _) => c.JsonAsync("""{"errors":[{"message":"no such file"}]}""", 404));
        using var client = server.Client();

        var fault = await Assert.ThrowsAsync<FlatfileApiException>(() => client.Files.DownloadAsync("us_fl_1"));

        Assert.Equal(FlatfileErrorCode.NotFound, fault.Code);
    }

    private static async Task<long> CountFileAsync(HttpRequest request)
    {
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.ContentType).Boundary).Value!;
        var reader = new MultipartReader(boundary, request.Body);
        var buffer = new byte[64 * 1024];
        var length = 0L;
        while (await reader.ReadNextSectionAsync() is { } section)
        {
            var isFile = section.ContentDisposition!.Contains("filename");
            int read;
            while ((read = await section.Body.ReadAsync(buffer)) > 0)
            {
                length += isFile ? read : 0;
            }
        }

        return length;
    }
}
