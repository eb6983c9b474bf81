using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace AgentHost.Tests.Support;

/// <summary>Takes what is sent to it by OTLP over HTTP, and keeps it as text: names stand in it as they are.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, StringBuilder> _taken = new(StringComparer.Ordinal);
    private readonly IHost _host;

    private Collector(string url)
    {
        Url = url;
        _host = new HostBuilder().ConfigureWebHost(web => web.UseKestrel().UseUrls(url).Configure(app => app.Run(TakeAsync))).Build();
    }

    public string Url { get; }

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector("http://127.0.0.1:" + FreePort.Next());
        await collector._host.StartAsync();
        return collector;
    }

    /// <summary>Everything that came to a path.</summary>
    public string Taken(string path)
    {
        if (!_taken.TryGetValue(path, out var text))
        {
            return string.Empty;
        }

        lock (text)
        {
            return text.ToString();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var text = _taken.GetOrAdd(http.Request.Path, _ => new StringBuilder());
        lock (text)
        {
            text.Append(Encoding.Latin1.GetString(body.ToArray()));
        }
    }
}
