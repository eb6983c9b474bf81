using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Recording;

/// <summary>Begins recordings, keeps those the settings want, and holds all of them within their limits.</summary>
internal sealed partial class RecordingShelf(IOptions<AgentOptions> options, TimeProvider time, ILogger<RecordingShelf> log)
{
    /// <summary>More than this is no shelf to look through, whatever their size.</summary>
    private const int MaxFiles = 2000;

    /// <summary>A storm of failures must not look through the folder for each: what may be added before the next look, as a part of all.</summary>
    private const int Parts = 16;

    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private long _looked;
    private long _addedBytes;
    private int _addedFiles = MaxFiles;
    private int _number;
    private int _broken;
    private bool _made;

    private RecordingOptions Settings => options.Value.Recording;

    /// <summary>True when runs are recorded.</summary>
    public bool IsOn => Settings.Keep != KeepRecordings.Off;

    private string Folder => RecordingLibrary.FolderIn(options.Value.DataFolder);

    /// <summary>A recording of one attempt. Nothing is on disk before the first call.</summary>
    public RunRecording Begin(RecordedRunFacts facts)
    {
        if (time.GetElapsedTime(Volatile.Read(ref _looked)) > LookEvery)
        {
            Prune();
        }

        return new RunRecording(NewFile, facts, Settings.MaxBytesEach, time, Broken);
    }

    /// <summary>The run ended well.</summary>
    public void Done(RunRecording? recording, ReadOnlyMemory<byte>? outcome = null) => Close(recording, "done", outcome, null, Settings.Keep == KeepRecordings.All);

    /// <summary>The run failed, by an exception or by an outcome that says so.</summary>
    public void Failed(RunRecording? recording, Exception? fault, ReadOnlyMemory<byte>? outcome = null) => Close(recording, "failed", outcome, fault, keep: true);

    /// <summary>A job's run ended; what it left behind says how.</summary>
    public void Ended(RunRecording? recording, RunEnd end, Exception? fault)
    {
        switch (end)
        {
            case RunEnd.Tell { Outcome: { Succeeded: true } outcome }:
                Done(recording, Encoding.UTF8.GetBytes(outcome.ToJson()));
                break;
            case RunEnd.Tell { Outcome: var outcome }:
                Failed(recording, fault, Encoding.UTF8.GetBytes(outcome.ToJson()));
                break;
            case RunEnd.Return { Failed: true }:
                Failed(recording, fault);
                break;
            default:
                Interrupted(recording);
                break;
        }
    }

    /// <summary>The run was ended from outside and says nothing about its handler.</summary>
    public void Interrupted(RunRecording? recording) => Close(recording, "interrupted", null, null, Settings.Keep == KeepRecordings.All);

    /// <summary>What the name of a file says of an id: enough to pass over the others, safe whatever the id holds.</summary>
    public static string Mark(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 6));

    private void Close(RunRecording? recording, string end, ReadOnlyMemory<byte>? outcome, Exception? fault, bool keep)
    {
        if (recording is null)
        {
            return;
        }

        if (!keep)
        {
            recording.Discard();
            return;
        }

        recording.End(writer =>
        {
            writer.WriteString("end", end);
            writer.WriteNumber("ms", recording.Elapsed());
            if (outcome is { } json)
            {
                writer.WritePropertyName("outcome");
                RecordingText.WriteOnOneLine(writer, json);
            }

            if (fault is not null)
            {
                writer.WriteStartObject("fault");
                writer.WriteString("type", fault.GetType().FullName);
                writer.WriteString("message", fault.Message);
                writer.WriteString("stack", fault.ToString());
                writer.WriteEndObject();
            }
        });
        if (Interlocked.Add(ref _addedBytes, recording.Length) > Settings.MaxBytes / Parts || Interlocked.Increment(ref _addedFiles) > MaxFiles / Parts)
        {
            Prune();
        }
    }

    private string NewFile(RecordedRunFacts facts)
    {
        if (!Volatile.Read(ref _made))
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(Folder);
            }
            else
            {
                Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            Volatile.Write(ref _made, true);
        }

        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"{facts.At.UtcDateTime:yyyyMMdd'T'HHmmssfff}-{Interlocked.Increment(ref _number):x8}-{Mark(facts.Event.Id)}-{(facts.JobId is { } job ? Mark(job) : "0")}");
        return Path.Combine(Folder, name + RecordingText.Extension);
    }

    private void Prune()
    {
        lock (_lock)
        {
            Volatile.Write(ref _looked, time.GetTimestamp());
            Interlocked.Exchange(ref _addedBytes, 0);
            Interlocked.Exchange(ref _addedFiles, 0);
            if (!Directory.Exists(Folder))
            {
                return;
            }

            try
            {
                var newest = new DirectoryInfo(Folder).GetFiles("*" + RecordingText.Extension).OrderByDescending(f => f.Name, StringComparer.Ordinal);
                var oldest = time.GetUtcNow() - Settings.MaxAge;
                var (bytes, count) = (0L, 0);
                foreach (var file in newest)
                {
                    bytes += file.Length;
                    if (++count > MaxFiles || (count > 1 && bytes > Settings.MaxBytes - (Settings.MaxBytes / Parts)) || file.LastWriteTimeUtc < oldest)
                    {
                        file.Delete();
                    }
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                Broken(fault);
            }
        }
    }

    /// <summary>Said once in a while: a full disk breaks every recording.</summary>
    private void Broken(Exception fault)
    {
        if ((Interlocked.Increment(ref _broken) & 0xff) == 1)
        {
            NotRecorded(log, fault, Folder);
        }
    }
}
