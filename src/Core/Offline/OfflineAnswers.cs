using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Flatfile.Agent.Core.Recording;

namespace Flatfile.Agent.Core.Offline;

/// <summary>Stands where the network would: answers each call from a recording, in the order in which calls of its kind were recorded.</summary>
internal sealed class OfflineAnswers : HttpMessageHandler
{
    private static readonly byte[] Success = """{"data":{"success":true}}"""u8.ToArray();

    private readonly Lock _lock = new();
    private readonly RecordedRun _run;
    private readonly OfflineWay _way;
    private readonly Dictionary<string, Queue<RecordedCall>> _open;
    private readonly Dictionary<string, RecordedCall> _last = new(StringComparer.Ordinal);

    public OfflineAnswers(RecordedRun run, OfflineWay way)
    {
        _run = run;
        _way = way;
        _open = run.Calls.GroupBy(Key).ToDictionary(g => g.Key, g => new Queue<RecordedCall>(g), StringComparer.Ordinal);
    }

    /// <summary>Writes of the recording nobody made yet.</summary>
    public IReadOnlyList<string> WritesNotMade
    {
        get
        {
            lock (_lock)
            {
                return [.. _open.Values.SelectMany(q => q).Where(c => c.IsWrite).OrderBy(c => c.Number).Select(Key)];
            }
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = RecordedPath.Of(request.RequestUri!);
        var body = await BodyOfAsync(request.Content, path, cancellationToken).ConfigureAwait(false);
        var method = request.Method.Method;
        var wrote = request.Method == HttpMethod.Get ? [] : WrittenText.Of(body, request.Content?.Headers.ContentType?.MediaType);
        var (call, again) = Find($"{method} {path}", request.Method == HttpMethod.Get);
        if (call is null)
        {
            return request.Method == HttpMethod.Get ? throw Missing(method, path) : New(method, path, wrote);
        }

        var unknown = call.Sent is { Body: null };
        var differences = unknown ? [] : BodyDifference.Between(call.Sent?.Body, body);
        _way.Add(new OfflineStep.Called(new ReplayedCall(
            method, path, again ? CallMatch.Again : differences.Count > 0 ? CallMatch.Differs : CallMatch.Same, call.Status, wrote, differences,
            call.Fault ?? (unknown ? "what was sent was too long to be recorded, and is not compared" : null))));
        return call.Fault is null
            ? Answer(call)
            : throw new HttpRequestException($"As recorded: {call.Fault}");
    }

    private static string Key(RecordedCall call) => $"{call.Method} {call.Path}";

    private (RecordedCall? Call, bool Again) Find(string key, bool isRead)
    {
        lock (_lock)
        {
            if (_open.TryGetValue(key, out var queue) && queue.TryDequeue(out var call))
            {
                _last[key] = call;
                return (call, false);
            }

            return isRead && _last.TryGetValue(key, out var last) ? (last, true) : (null, false);
        }
    }

    private HttpResponseMessage Answer(RecordedCall call)
    {
        var content = call switch
        {
            { IsCut: true } => new StreamContent(new CutStream(call.Body,
                $"The answer to {Key(call)} was recorded in part only: it is longer than a recording may be, or holds keys. Set Agent:Recording:MaxBytesEach higher where the agent runs, and record again.")),
            { IsPartly: true } => new StreamContent(new CutStream(call.Body,
                $"The answer to {Key(call)} was recorded as far as the handler read it, and it reads further now. Record it again with Agent:Recording:Keep set to All and a handler that reads it all.")),
            _ => new StreamContent(new MemoryStream(call.Body, writable: false)),
        };
        var answer = new HttpResponseMessage((HttpStatusCode)call.Status!.Value) { Content = content };
        foreach (var (name, value) in call.Headers)
        {
            // A replay does not wait.
            if (name != "Retry-After" && !answer.Headers.TryAddWithoutValidation(name, value))
            {
                content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        if (call.Status is 408 or 429 or >= 500)
        {
            answer.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.Zero);
        }

        return answer;
    }

    private HttpResponseMessage New(string method, string path, IReadOnlyList<string> wrote)
    {
        _way.Add(new OfflineStep.Called(new ReplayedCall(method, path, CallMatch.New, 200, wrote, [], "not sent; answered with no more than success")));
        var content = new ByteArrayContent(Success);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
    }

    private NotRecordedException Missing(string method, string path)
    {
        var nearest = NearestText.Of($"{method} {path}", _run.Calls.Select(Key).Distinct(StringComparer.Ordinal));
        var why = _run.IsFull
            ? "The recording was full before this call (Agent:Recording:MaxBytesEach)."
            : "The run that was recorded did not make it before it ended.";
        _way.Add(new OfflineStep.Called(new ReplayedCall(method, path, CallMatch.Missing, null, [], [], nearest is null ? null : $"the nearest recorded call is {nearest}")));
        return new NotRecordedException(
            $"{method} {path} is not in the recording. {why} {(nearest is null ? "It holds no calls at all." : $"The nearest recorded call is {nearest}.")} "
            + "Run this handler against a server and record it there, with Agent:Recording:Keep set to All.");
    }

    private static async Task<byte[]?> BodyOfAsync(HttpContent? content, string path, CancellationToken cancellationToken)
    {
        if (content is null)
        {
            return null;
        }

        var sent = await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        if (content.Headers.ContentEncoding.Contains("gzip"))
        {
            using var plain = new MemoryStream();
            var gzip = new GZipStream(new MemoryStream(sent), CompressionMode.Decompress);
            await using (gzip.ConfigureAwait(false))
            {
                await gzip.CopyToAsync(plain, cancellationToken).ConfigureAwait(false);
            }

            sent = plain.ToArray();
        }

        return content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.Ordinal) == true && sent.Length > 0 ? SecretMask.Json(path, sent) ?? sent : sent;
    }
}
