using System.Buffers;
using System.Text.Json;

namespace Flatfile.Agent.Core.Recording;

/// <summary>One call on its way into a recording: the question when its answer begins, then the answer piece by piece.</summary>
internal sealed class RecordedExchange(RunRecording recording, int number, HttpRequestMessage request)
{
    private static readonly string[] TellingHeaders = ["Retry-After", "ETag", "Location", "x-request-id"];
    private static readonly string[] TellingContentHeaders = ["Content-Type", "Content-Disposition", "Last-Modified"];

    private readonly string _method = request.Method.Method;
    private readonly string _path = RecordedPath.Of(request.RequestUri!);
    private readonly double _at = recording.Elapsed();
    private ArrayBufferWriter<byte>? _whole;
    private long _seen;
    private bool _cut;
    private bool _ended;

    /// <summary>What was sent, when anything was.</summary>
    public RequestCapture? Sent { get; private set; }

    /// <summary>Takes over a request's body.</summary>
    public HttpContent Watch(HttpContent content)
    {
        Sent = new RequestCapture(recording.BodyLimit);
        return new RecordedRequestContent(content, Sent);
    }

    public void Broke(Exception fault) => recording.Line(writer =>
    {
        WriteQuestion(writer);
        writer.WriteString("fault", $"{fault.GetType().Name}: {fault.Message}");
    });

    public void Answered(HttpResponseMessage answer)
    {
        recording.Line(writer =>
        {
            WriteQuestion(writer);
            writer.WriteNumber("status", (int)answer.StatusCode);
            writer.WriteStartObject("headers");
            foreach (var name in TellingHeaders.Where(n => answer.Headers.NonValidated.Contains(n)))
            {
                writer.WriteString(name, answer.Headers.NonValidated[name].ToString());
            }

            foreach (var name in TellingContentHeaders.Where(n => answer.Content.Headers.NonValidated.Contains(n)))
            {
                writer.WriteString(name, answer.Content.Headers.NonValidated[name].ToString());
            }

            writer.WriteEndObject();
        });

        // Rows and files go to disk as they come. All other JSON is looked at for secrets, which takes the whole of it.
        var isJson = answer.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true;
        _whole = !isJson || (answer.IsSuccessStatusCode && SecretMask.IsContent(_path)) ? null : new ArrayBufferWriter<byte>();
    }

    /// <summary>A piece of the answer was read.</summary>
    public void Received(ReadOnlySpan<byte> bytes)
    {
        _seen += bytes.Length;
        if (_cut || _ended)
        {
            return;
        }

        if (_whole is null)
        {
            _cut = !recording.Body(number, bytes);
        }
        else if (_whole.WrittenCount + bytes.Length > recording.BodyLimit)
        {
            _cut = true;
        }
        else
        {
            _whole.Write(bytes);
        }
    }

    /// <summary>The answer was read to its end, or is given up.</summary>
    public void Ended(bool whole)
    {
        if (_ended)
        {
            return;
        }

        if (_whole is { WrittenCount: > 0 } && !_cut)
        {
            _cut = SecretMask.Json(_path, _whole.WrittenSpan) is not { } masked || !recording.Body(number, masked);
        }

        _ended = true;
        recording.Line(writer =>
        {
            writer.WriteNumber("bodyEnd", number);
            writer.WriteNumber("bytes", _seen);
            if (_cut)
            {
                writer.WriteBoolean("cut", true);
            }
            else if (!whole)
            {
                writer.WriteBoolean("partly", true);
            }
        });
    }

    private void WriteQuestion(Utf8JsonWriter writer)
    {
        writer.WriteNumber("call", number);
        writer.WriteNumber("ms", _at);
        writer.WriteString("method", _method);
        writer.WriteString("path", _path);
        Sent?.WriteTo(writer, _path);
    }
}
