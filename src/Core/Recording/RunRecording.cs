using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Flatfile.Agent.Core.Recording;

/// <summary>Writes what one attempt saw of Flatfile, line by line, while it runs. The file is made by the first line.</summary>
/// <remarks>A fault of the file ends the recording, never the run.</remarks>
internal sealed class RunRecording : IDisposable
{
    private const int Buffer = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly Func<RecordedRunFacts, string> _path;
    private readonly RecordedRunFacts _facts;
    private readonly long _limit;
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly Action<Exception> _broken;
    private FileStream? _file;
    private int _calls;
    private bool _full;
    private bool _closed;

    public RunRecording(Func<RecordedRunFacts, string> path, RecordedRunFacts facts, long limit, TimeProvider time, Action<Exception> broken)
    {
        _path = path;
        _facts = facts;
        _limit = limit;
        _time = time;
        _began = time.GetTimestamp();
        _broken = broken;
    }

    /// <summary>The file; empty while there is none.</summary>
    public string Path { get; private set; } = string.Empty;

    /// <summary>Bytes written; 0 while there is no file.</summary>
    public long Length { get; private set; }

    /// <summary>How much of one body is kept at most.</summary>
    public int BodyLimit => (int)Math.Clamp(_limit / 4, 1024, 1024 * 1024);

    /// <summary>A call that begins now; null when the recording is full.</summary>
    public RecordedExchange? Begin(HttpRequestMessage request) =>
        Volatile.Read(ref _full) || Volatile.Read(ref _closed) ? null : new RecordedExchange(this, Interlocked.Increment(ref _calls), request);

    public double Elapsed() => Math.Round(_time.GetElapsedTime(_began).TotalMilliseconds, 1);

    public void Line(Action<Utf8JsonWriter> members) => Write(members, always: false);

    /// <summary>A piece of an answer, as text where it is text. False when it does not fit any more.</summary>
    public bool Body(int call, ReadOnlySpan<byte> bytes)
    {
        if (Volatile.Read(ref _full) || Length + bytes.Length > _limit)
        {
            return false;
        }

        var piece = bytes.ToArray();
        Write(
            writer =>
            {
                writer.WriteNumber("body", call);
                WriteBytes(writer, piece);
            },
            always: false);
        return true;
    }

    public static void WriteBytes(Utf8JsonWriter writer, ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            writer.WriteString("text", bytes);
        }
        else
        {
            writer.WriteBase64String("base64", bytes);
        }
    }

    /// <summary>The last line. Nothing is written after it, also by a handler that goes on.</summary>
    public void End(Action<Utf8JsonWriter> members)
    {
        Write(members, always: true);
        Dispose();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            Volatile.Write(ref _closed, true);
            Try(() => _file?.Dispose());
            _file = null;
        }
    }

    /// <summary>Ends it without leaving anything.</summary>
    public void Discard()
    {
        var written = Length > 0;
        Dispose();
        if (written)
        {
            Try(() => File.Delete(Path));
        }
    }

    private void Write(Action<Utf8JsonWriter> members, bool always)
    {
        lock (_lock)
        {
            if (_closed || (_full && !always))
            {
                return;
            }

            Try(() =>
            {
                if (_file is null)
                {
                    _file = Open();
                    Append(WriteFacts);
                }

                Append(members);
                if (Length >= _limit && !always && !_full)
                {
                    Volatile.Write(ref _full, true);
                    Append(writer => writer.WriteBoolean("full", true));
                }

                _file.Flush();
            });
        }
    }

    private void Append(Action<Utf8JsonWriter> members)
    {
        var line = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(line, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        line.GetSpan(1)[0] = (byte)'\n';
        line.Advance(1);
        _file!.Write(line.WrittenSpan);
        Length += line.WrittenCount;
    }

    private void WriteFacts(Utf8JsonWriter writer)
    {
        writer.WriteNumber("recording", RecordingText.Version);
        writer.WriteString("at", _facts.At);
        writer.WriteString("handler", _facts.HandlerId);
        writer.WriteString("plugin", _facts.Plugin);
        writer.WriteString("version", _facts.Version);
        writer.WriteNumber("attempt", _facts.Attempt);
        if (_facts.JobId is not null)
        {
            writer.WriteString("job", _facts.JobId);
        }

        if (_facts.Checkpoint is { } checkpoint)
        {
            writer.WritePropertyName("checkpoint");
            writer.WriteRawValue(checkpoint.Span);
        }

        if (_facts.Part is { } part)
        {
            writer.WriteStartObject("part");
            writer.WriteNumber("number", part.Number);
            writer.WriteString("parent", part.ParentId);
            writer.WritePropertyName("data");
            part.Data.WriteTo(writer);
            writer.WriteEndObject();
        }

        writer.WritePropertyName("event");
        _facts.Event.Source.WriteTo(writer);
    }

    private FileStream Open()
    {
        var path = _path(_facts);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = Buffer };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(path, options);
        Path = path;
        return file;
    }

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            Volatile.Write(ref _closed, true);
            _broken(fault);
        }
    }
}
