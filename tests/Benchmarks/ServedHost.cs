using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Contracts.Support;
using Flatfile.Api;

namespace Benchmarks;

/// <summary>The host serving over HTTP, with a client that has its key.</summary>
internal sealed class ServedHost : IAsyncDisposable
{
    private readonly HostRun _host;

    private ServedHost(HostRun host, HttpClient http)
    {
        _host = host;
        Http = http;
    }

    /// <summary>Calls below <c>/v1/</c>.</summary>
    public HttpClient Http { get; }

    public long ResidentBytes => _host.ResidentBytes();

    /// <summary>The most it has held so far.</summary>
    public long PeakBytes => _host.PeakBytes();

    /// <summary>Starts it and waits for its first answer.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="handlersOff">Handlers that shall not run, such as <c>flatfile/*</c>.</param>
    public static async Task<ServedHost> StartAsync(string data, params string[] handlersOff)
    {
        var port = LoopbackPort.Free();
        var host = HostRun.Start(
            ["serve", "--data", data, "--port", port.ToString(CultureInfo.InvariantCulture)],
            handlersOff.Select((id, at) => KeyValuePair.Create($"Agent__HandlersOff__{at}", id)));
        return new ServedHost(host, await FirstAnswerAsync(port, data));
    }

    /// <summary>Waits for the first answer to an authorised call.</summary>
    public static async Task<HttpClient> FirstAnswerAsync(int port, string data)
    {
        var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/v1/"), Timeout = TimeSpan.FromMinutes(5) };
        var key = Path.Combine(data, "development-key");
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        for (var tries = 0; tries < 12_000; tries++)
        {
            try
            {
                if (File.Exists(key))
                {
                    http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(key)).Trim());
                    using var answer = await http.GetAsync("environments");
                    if (answer.StatusCode == HttpStatusCode.OK)
                    {
                        return http;
                    }
                }
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException)
            {
                // Not listening yet, or the key is just being written: that is what is being waited for.
            }

            await tick.WaitForNextTickAsync();
        }

        throw new TimeoutException("The host gave no answer within a minute.");
    }

    /// <summary>A typed client with its key.</summary>
    public FlatfileClient Client() =>
        new(new FlatfileClientOptions { BaseAddress = Http.BaseAddress!, Token = Http.DefaultRequestHeaders.Authorization!.Parameter!, Timeout = TimeSpan.FromMinutes(10) });

    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        return _host.DisposeAsync();
    }
}
