using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Contracts.Support;
using Flow.Tests.Support;

namespace Flow.Tests;

/// <summary>A disk that is really full, below a server that really runs.</summary>
public sealed class FullDiskTests
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    [UnshareFact("-rm", "mount -t tmpfs -o size=1m tmpfs /mnt")]
    [Trait("Row", "F-06")]
    [Trait("Row", "F-07")]
    public async Task WhateverFillsTheDiskIsToldSoLeavesNothingHalfAndTheServerGoesOn()
    {
        using var folder = new TempFolder();
        var port = LoopbackPort.Free();
        const string Inside = "mount -t tmpfs -o size=40m tmpfs \"$1\" && exec dotnet \"$2\" serve --data \"$1\" --port \"$3\"";
        using var process = Process.Start(new ProcessStartInfo(
            "unshare", ["-rm", "sh", "-c", Inside, "sh", folder.Path, Repository.HostAssembly, port.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
        })!;
        var said = new System.Collections.Concurrent.ConcurrentQueue<string?>();
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            var data = $"/proc/{process.Id}/root{folder.Path}";
            using var http = await OpenAsync(port, Path.Combine(data, "development-key"));
            await FillAsync(http, data);
        }
        catch (Xunit.Sdk.XunitException fault)
        {
            throw new InvalidOperationException($"{fault.Message}\nThe server said:\n{string.Join('\n', said)}", fault);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    private static async Task FillAsync(HttpClient http, string data)
    {
        await File.WriteAllBytesAsync(Path.Combine(data, "ballast"), new byte[2_000_000]);
        var space = (string)(await SendAsync(http, "POST", "spaces", Json("""{"name":"A","workbook":{"name":"W","sheets":[{"name":"S","slug":"s","fields":[{"key":"a","type":"string"}]}]}}"""))).Json["data"]!["id"]!;
        var sheet = (string)(await SendAsync(http, "GET", $"workbooks?spaceId={space}")).Json["data"]![0]!["sheets"]![0]!["id"]!;
        await SendAsync(http, "POST", $"sheets/{sheet}/records", Rows(2_000, 500));
        var archive = await http.GetByteArrayAsync($"spaces/{space}/export");

        var files = new List<string>();
        await FullAsync("uploads", async size =>
        {
            var (status, json) = await SendAsync(http, "POST", "files", Form(space, size));
            if (status == 200)
            {
                files.Add((string)json["data"]!["id"]!);
            }

            return status;
        });
        Assert.Equal(files.Order(), (await SendAsync(http, "GET", $"files?spaceId={space}&pageSize=1000")).Json["data"]!.AsArray().Select(file => (string)file!["id"]!).Order());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(data, "uploads")));
        Assert.Equal(files.Count, Directory.EnumerateFiles(Path.Combine(data, "spaces", space, "files")).Count());

        var total = await TotalAsync(http, sheet);
        var inserted = 0;
        await FullAsync("inserts", async size =>
        {
            var (status, _) = await SendAsync(http, "POST", $"sheets/{sheet}/records", Rows(Math.Max(1, size / 1_000), 1_000));
            inserted += status == 200 ? Math.Max(1, size / 1_000) : 0;
            return status;
        });
        Assert.Equal(total + inserted, await TotalAsync(http, sheet));

        Assert.Equal(507, (await SendAsync(http, "GET", $"spaces/{space}/export")).Status);
        Assert.Equal(507, (await SendAsync(http, "POST", "spaces/import", Zip(archive))).Status);
        Assert.Equal(507, (await SendAsync(http, "POST", "spaces", Json($$"""{"name":"B","metadata":{"x":"{{new string('x', 500_000)}}"} }"""))).Status);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(data, "uploads")));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(data, "exports")));
        Assert.Single(Directory.EnumerateDirectories(Path.Combine(data, "spaces")));

        // An operator makes a little room; from there on the space itself can make more.
        File.Delete(Path.Combine(data, "ballast"));
        foreach (var file in files.Take(files.Count - 1))
        {
            var deleted = await SendAsync(http, "DELETE", "files/" + file);
            Assert.True(deleted.Status == 200, $"a file could not be deleted: {deleted.Json}");
        }

        var imported = await SendAsync(http, "POST", "spaces/import", Zip(archive));
        Assert.True(imported.Status == 200, imported.Json.ToJsonString());
        Assert.Equal(200, (await SendAsync(http, "GET", $"spaces/{space}/export")).Status);
        Assert.Equal(200, (await SendAsync(http, "POST", $"sheets/{sheet}/records", Rows(10, 10))).Status);
        Assert.Equal(2, (await SendAsync(http, "GET", "spaces")).Json["data"]!.AsArray().Count);

        async Task FullAsync(string what, Func<int, Task<int>> write)
        {
            // Ever smaller pieces, until nothing fits any more.
            foreach (var size in (int[])[4_000_000, 400_000, 40_000])
            {
                int status;
                while ((status = await write(size)) == 200)
                {
                }

                Assert.True(status == 507, $"{what} of {size} bytes ended with {status}");
            }
        }
    }

    private static async Task<int> TotalAsync(HttpClient http, string sheet) => (int)(await SendAsync(http, "GET", $"sheets/{sheet}/counts")).Json["data"]!["counts"]!["total"]!;

    private static async Task<(int Status, JsonNode Json)> SendAsync(HttpClient http, string method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        using var answer = await http.SendAsync(request);
        var text = answer.Content.Headers.ContentType?.MediaType == "application/json" ? await answer.Content.ReadAsStringAsync() : "{}";
        return ((int)answer.StatusCode, JsonNode.Parse(text)!);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static StringContent Rows(int count, int size) =>
        Json("[" + string.Join(',', Enumerable.Range(0, count).Select(i => $$$"""{"a":{"value":"{{{i}}} {{{new string('y', size)}}}"} }""")) + "]");

    private static MultipartFormDataContent Form(string space, int size)
    {
        var bytes = new byte[size];
        Random.Shared.NextBytes(bytes);
        return new MultipartFormDataContent { { new StringContent(space), "spaceId" }, { new ByteArrayContent(bytes), "file", "a.bin" } };
    }

    private static ByteArrayContent Zip(byte[] archive) => new(archive) { Headers = { ContentType = new MediaTypeHeaderValue("application/zip") } };

    private static async Task<HttpClient> OpenAsync(int port, string keyFile)
    {
        var http = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}/v1/"), Timeout = TimeSpan.FromSeconds(60) };
        await Eventually.Async(async () =>
        {
            try
            {
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(keyFile)).Trim());
                using var answer = await http.GetAsync("environments");
                return answer.IsSuccessStatusCode;
            }
            catch (Exception fault) when (fault is IOException or HttpRequestException or UnauthorizedAccessException)
            {
                return false;
            }
        }, StartLimit, () => "the server on the small disk");
        return http;
    }
}
