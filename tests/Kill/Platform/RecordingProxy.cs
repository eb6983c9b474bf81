using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Contracts.Services;
using Microsoft.AspNetCore.Http;

namespace Kill.Platform;

/// <summary>Stands between one agent and Flatfile, lets everything through and writes down what was asked and answered.</summary>
/// <param name="target">Flatfile.</param>
/// <param name="incarnation">The agent's present life.</param>
internal sealed partial class RecordingProxy(Uri target, Func<string> incarnation) : HttpRelay(target)
{
    private readonly ConcurrentQueue<PlatformCall> _calls = new();
    private long _lastChange;

    /// <summary>What was asked for, reads left out, in the order answered.</summary>
    public IReadOnlyCollection<PlatformCall> Calls => _calls;

    /// <summary>When the last change of a job was asked for, in the ticks of the calls; 0 before the first.</summary>
    public long LastChange => Volatile.Read(ref _lastChange);

    protected override async Task<HttpResponseMessage> AnswerAsync(HttpRequest request, byte[] body)
    {
        var (begun, life) = (Stopwatch.GetTimestamp(), incarnation());
        var answer = await base.AnswerAsync(request, body);
        if (request.Method is not ("GET" or "HEAD"))
        {
            Note(request, body, begun, life, (int)answer.StatusCode);
        }

        return answer;
    }

    private void Note(HttpRequest request, byte[] body, long begun, string life, int status)
    {
        var path = request.Path.Value ?? "";
        var fence = request.Headers["X-Flatfile-Run-Fence"].ToString();
        var colon = fence.LastIndexOf(':');
        var key = request.Headers["Idempotency-Key"].ToString();
        var job = colon > 0 ? fence[..colon] : JobInPath().Match(path) is { Success: true } inPath ? inPath.Groups[1].Value
            : JobInKey().Match(key) is { Success: true } inKey ? inKey.Groups[1].Value : null;
        if (job is not null)
        {
            Volatile.Write(ref _lastChange, begun);
        }

        var (info, progress) = path.EndsWith("/ack", StringComparison.Ordinal) ? Acknowledged(body) : (null, null);
        _calls.Enqueue(new PlatformCall(
            begun, Stopwatch.GetTimestamp(), life, request.Method, path, status, job,
            colon > 0 && long.TryParse(fence.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null, info, progress, key));
    }

    private static (string? Info, double? Progress) Acknowledged(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        var root = json.RootElement;
        return (
            root.TryGetProperty("info", out var info) ? info.GetString() : null,
            root.TryGetProperty("progress", out var progress) && progress.ValueKind == JsonValueKind.Number ? progress.GetDouble() : null);
    }

    [GeneratedRegex("/jobs/(us_jb_[A-Za-z0-9]+)")]
    private static partial Regex JobInPath();

    [GeneratedRegex("^(us_jb_[A-Za-z0-9]+):")]
    private static partial Regex JobInKey();
}
