using System.Globalization;
using Flatfile.Agent.Core.Recording;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Host.Commands;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Output;

namespace Flatfile.Agent.Host.Recordings;

/// <summary>Takes a recording out of a data folder, as a file of its own.</summary>
internal static class SavedRecording
{
    private const int Shown = 5;

    public static async Task<int> RunAsync(HostSettings settings, string? eventId, string? jobId, string? handlerId, string? output, CancellationToken stop)
    {
        var library = new RecordingLibrary(Path.Combine(settings.DataFolder, "agent"));
        var run = await library.FindAsync(eventId, jobId, handlerId, stop) ?? throw await NothingAsync(settings, library, eventId ?? jobId!, handlerId, stop);
        var target = Path.GetFullPath(output ?? $"{FileName(eventId ?? jobId!)}.recording.jsonl");
        await CopyAsync(run.Path, target, stop);
        Say(run, target);
        return ExitCodes.Done;
    }

    private static void Say(RecordedRun run, string target)
    {
        var screen = Screen.Out();
        var how = run.End switch
        {
            "done" => "ended well",
            "failed" when run.Fault is { } fault => $"failed with {fault.Type}: {fault.Message}",
            "failed" => "failed",
            "interrupted" => "was interrupted",
            _ => "did not end: the process died, or it still runs",
        };
        new Line().Add($"Saved {target}", Line.Good).WriteTo(screen);
        new Line().Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{run.Facts.HandlerId} on {run.Facts.Event.Topic} {run.Facts.Event.Id}, try {run.Facts.Attempt} at {run.Facts.At:yyyy-MM-dd HH:mm:ss}, {run.Calls.Count} calls; it {how}")).WriteTo(screen);
        if (run.IsFull)
        {
            new Line().Add("It is not whole: it reached Agent:Recording:MaxBytesEach.", Line.Warn).WriteTo(screen);
        }

        new Line().Add($"Run the handler against it: ./agent replay {Path.GetRelativePath(Environment.CurrentDirectory, target)}", Line.Faint).WriteTo(screen);
    }

    private static async Task CopyAsync(string source, string target, CancellationToken stop)
    {
        try
        {
            await using var from = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            await using var to = new FileStream(target, options);
            await from.CopyToAsync(to, stop);
        }
        catch (IOException) when (File.Exists(target))
        {
            throw new UserFault($"{target} is there already.", "A recording is never written over another file.", "Name a new one with -o FILE.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserFault($"{target} cannot be written.", fault.Message, "Name another place with -o FILE.", inner: fault);
        }
    }

    private static async Task<UserFault> NothingAsync(HostSettings settings, RecordingLibrary library, string id, string? handlerId, CancellationToken stop)
    {
        var recording = settings.Configuration.GetSection($"{AgentOptions.Section}:Recording").Get<RecordingOptions>() ?? new RecordingOptions();
        var newest = await library.NewestAsync(Shown, stop);
        var there = newest.Count == 0
            ? $"There are no recordings in {settings.DataFolder}."
            : "The newest there are: " + string.Join(", ", newest.Select(r => $"{r.Facts.JobId ?? r.Facts.Event.Id} ({r.Facts.HandlerId})").Distinct()) + ".";
        return new UserFault(
            $"No recording of {id}{(handlerId is null ? "" : $" by {handlerId}")} was kept. {there}",
            recording.Keep switch
            {
                KeepRecordings.Off => "Agent:Recording:Keep is Off: nothing is recorded.",
                KeepRecordings.All => $"Every run is recorded, and kept for {recording.MaxAge} within {recording.MaxBytes:N0} bytes: it is gone, or no handler ran.",
                _ => $"Only runs that failed are kept (Agent:Recording:Keep is Failures), for {recording.MaxAge} within {recording.MaxBytes:N0} bytes: it ended well, is gone, or no handler ran.",
            },
            recording.Keep == KeepRecordings.All
                ? "Raise Agent:Recording:MaxAge or Agent:Recording:MaxBytes, and look with ./agent explain whether a handler gets the event."
                : "Set Agent:Recording:Keep to All, start the agent, and let the event come again.",
            ExitCodes.Failed);
    }

    /// <summary>An id comes from outside and may hold anything.</summary>
    private static string FileName(string id) => string.Concat(id.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_'));
}
