using System.Text.Json;

namespace Flatfile.Agent.Core.Recording;

/// <summary>One attempt of a handler as it was recorded: the event, every call with its answer, the end.</summary>
public sealed class RecordedRun
{
    private RecordedRun(string path, RecordedRunFacts facts)
    {
        Path = path;
        Facts = facts;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Which run.</summary>
    public RecordedRunFacts Facts { get; }

    /// <summary>The calls in the order in which they began to be answered.</summary>
    public IReadOnlyList<RecordedCall> Calls { get; private set; } = [];

    /// <summary><c>done</c>, <c>failed</c> or <c>interrupted</c>; null when the process died first.</summary>
    public string? End { get; private set; }

    /// <summary>What the handler threw; null when it threw nothing.</summary>
    public RecordedFault? Fault { get; private set; }

    /// <summary>A job's outcome as JSON; null when it had none.</summary>
    public string? Outcome { get; private set; }

    /// <summary>True when the limit of one recording was reached: later calls are not in it.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Reads a recording.</summary>
    /// <exception cref="UnreadableRecordingException">It is none.</exception>
    public static async Task<RecordedRun> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using var lines = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        var first = await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false) ?? string.Empty;
        var run = new RecordedRun(path, ReadFacts(first));
        var calls = new Dictionary<int, RecordedCall>();
        var next = await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        while (next is { } line)
        {
            next = await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                using var document = JsonDocument.Parse(line);
                run.Read(document.RootElement, calls);
            }
            catch (JsonException) when (next is null)
            {
                // The process died while it wrote this line.
            }
            catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw new UnreadableRecordingException($"One of its lines is not of a recording: {fault.Message}", fault);
            }
        }

        run.Calls = [.. calls.Values];
        return run;
    }

    private static RecordedRunFacts ReadFacts(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("recording", out var version))
            {
                throw new UnreadableRecordingException("Its first line is not that of a recording.");
            }

            if (version.GetInt32() > RecordingText.Version)
            {
                throw new UnreadableRecordingException($"It was written by a newer agent (form {version}, this one reads up to {RecordingText.Version}).");
            }

            return new RecordedRunFacts(
                FlatfileEvent.FromJson(root.GetProperty("event").Clone()), Text(root, "handler")!, Text(root, "plugin") ?? string.Empty, Text(root, "version"), Text(root, "job"),
                root.GetProperty("attempt").GetInt32(), root.TryGetProperty("checkpoint", out var checkpoint) ? JsonSerializer.SerializeToUtf8Bytes(checkpoint) : null,
                root.GetProperty("at").GetDateTimeOffset())
            {
                Part = root.TryGetProperty("part", out var part)
                    ? new JobPart(part.GetProperty("number").GetInt32(), part.GetProperty("data").Clone(), Text(part, "parent")!)
                    : null,
            };
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or UnreadableEventException)
        {
            throw new UnreadableRecordingException("Its first line is not that of a recording.", fault);
        }
    }

    private void Read(JsonElement line, Dictionary<int, RecordedCall> calls)
    {
        if (line.TryGetProperty("call", out var number))
        {
            calls[number.GetInt32()] = ReadCall(number.GetInt32(), line);
        }
        else if (line.TryGetProperty("body", out var body) && calls.TryGetValue(body.GetInt32(), out var of))
        {
            of.Pieces.Write(Bytes(line));
            of.IsPartly = true;
        }
        else if (line.TryGetProperty("bodyEnd", out var end) && calls.TryGetValue(end.GetInt32(), out var ended))
        {
            ended.IsCut = line.TryGetProperty("cut", out _);
            ended.IsPartly = line.TryGetProperty("partly", out _);
        }
        else if (line.TryGetProperty("full", out _))
        {
            IsFull = true;
        }
        else if (line.TryGetProperty("end", out var how))
        {
            End = how.GetString();
            Outcome = line.TryGetProperty("outcome", out var outcome) ? outcome.GetRawText() : null;
            Fault = line.TryGetProperty("fault", out var fault) ? new RecordedFault(Text(fault, "type")!, Text(fault, "message")!, Text(fault, "stack")!) : null;
        }
    }

    private static RecordedCall ReadCall(int number, JsonElement line) => new()
    {
        Number = number,
        Method = Text(line, "method")!,
        Path = Text(line, "path")!,
        At = line.GetProperty("ms").GetDouble(),
        Status = line.TryGetProperty("status", out var status) ? status.GetInt32() : null,
        Fault = Text(line, "fault"),
        Headers = line.TryGetProperty("headers", out var headers) ? headers.EnumerateObject().ToDictionary(h => h.Name, h => h.Value.GetString()!) : [],
        Sent = line.TryGetProperty("sent", out var sent)
            ? new RecordedBody(Text(sent, "type"), sent.GetProperty("bytes").GetInt64(), Text(sent, "sha256")!, sent.TryGetProperty("cut", out _) ? null : Bytes(sent))
            : null,
    };

    private static byte[] Bytes(JsonElement line) => line.TryGetProperty("base64", out var binary)
        ? binary.GetBytesFromBase64()
        : System.Text.Encoding.UTF8.GetBytes(line.GetProperty("text").GetString()!);

    private static string? Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
