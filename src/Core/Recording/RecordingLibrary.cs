namespace Flatfile.Agent.Core.Recording;

/// <summary>The recordings of an agent's data folder, to be looked through.</summary>
public sealed class RecordingLibrary(string folder)
{
    private readonly string _folder = FolderIn(folder);

    /// <summary>Where recordings lie in the agent's own folder.</summary>
    public static string FolderIn(string agentFolder) => Path.Combine(agentFolder, "recordings");

    /// <summary>The newest recording of an event or a job, or null.</summary>
    /// <param name="eventId">The event; null when a job is asked for.</param>
    /// <param name="jobId">The job; null when an event is asked for.</param>
    /// <param name="handlerId">Of this handler only; null for any.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    public async Task<RecordedRun?> FindAsync(string? eventId, string? jobId, string? handlerId, CancellationToken cancellationToken)
    {
        var (part, mark) = eventId is not null ? (2, RecordingShelf.Mark(eventId)) : (3, RecordingShelf.Mark(jobId ?? string.Empty));
        foreach (var file in Files().Where(f => Path.GetFileNameWithoutExtension(f).Split('-') is { Length: 4 } parts && parts[part] == mark))
        {
            if (await TryReadAsync(file, cancellationToken).ConfigureAwait(false) is { } run
                && (eventId is null || run.Facts.Event.Id == eventId) && (jobId is null || run.Facts.JobId == jobId) && (handlerId is null || run.Facts.HandlerId == handlerId))
            {
                return run;
            }
        }

        return null;
    }

    /// <summary>The newest recordings.</summary>
    public async Task<IReadOnlyList<RecordedRun>> NewestAsync(int limit, CancellationToken cancellationToken)
    {
        var newest = new List<RecordedRun>();
        foreach (var file in Files())
        {
            if (newest.Count == limit)
            {
                break;
            }

            if (await TryReadAsync(file, cancellationToken).ConfigureAwait(false) is { } run)
            {
                newest.Add(run);
            }
        }

        return newest;
    }

    private IEnumerable<string> Files() => Directory.Exists(_folder)
        ? Directory.GetFiles(_folder, "*" + RecordingText.Extension).OrderDescending(StringComparer.Ordinal)
        : [];

    /// <summary>One may be deleted while it is looked at, or have been begun by a process that died at its first line.</summary>
    private static async Task<RecordedRun?> TryReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await RecordedRun.ReadAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or UnreadableRecordingException)
        {
            return null;
        }
    }
}
