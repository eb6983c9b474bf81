using Flatfile.Api;
using Flatfile.Agent.Host.Faults;

namespace Flatfile.Agent.Host.Importing;

/// <summary>One import against a server: the space, the uploads one after the other, and each file followed to its end beside them.</summary>
internal sealed class ImportRun(FlatfileClient client, IImportView view, TimeProvider time)
{
    private readonly JobWatch _watch = new(client, view, time);
    private readonly HashSet<string> _ours = [];

    public async Task<ImportReport> RunAsync(string url, string spaceName, IReadOnlyList<ImportFile> files, CancellationToken cancellationToken)
    {
        var entry = new SpaceEntry(client, _watch);
        var space = await entry.FindOrMakeAsync(spaceName, cancellationToken);
        var fault = await entry.AwaitConfigurationAsync(space, cancellationToken);
        var reports = fault is null
            ? await TakeAllAsync(space, files, cancellationToken)
            : [.. files.Select(f => new FileReport { File = f.Argument, Error = fault })];
        return new ImportReport
        {
            Url = url,
            SpaceId = space.Id,
            Files = reports,
            ExitCode = reports.All(r => r.IsWhole) ? ExitCodes.Done : ExitCodes.Failed,
        };
    }

    private async Task<IReadOnlyList<FileReport>> TakeAllAsync(Space space, IReadOnlyList<ImportFile> files, CancellationToken cancellationToken)
    {
        var known = new List<FlatfileFile>();
        await foreach (var file in client.Files.ListAsync(space.Id, cancellationToken: cancellationToken))
        {
            known.Add(file);
        }

        var follower = new FileFollower(client, _watch);
        var following = new List<Task<FileReport>>();
        foreach (var file in files)
        {
            var started = time.GetTimestamp();
            FlatfileFile there;
            try
            {
                there = await FindAsync(file, known, cancellationToken) ?? await UploadAsync(file, space, cancellationToken);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException || fault is FlatfileApiException { IsTransient: false })
            {
                following.Add(Task.FromResult(new FileReport { File = file.Argument, Error = "The upload failed: " + fault.Message }));
                continue;
            }

            following.Add(TimedAsync(follower.FollowAsync(file, there, cancellationToken), started));
        }

        var reports = await Task.WhenAll(following);
        for (var i = 0; i < reports.Length; i++)
        {
            reports[i] = await follower.CountAsync(reports[i], cancellationToken);
        }

        return reports;
    }

    /// <summary>The same file of an earlier start, unless that one failed: a second start is a second chance.</summary>
    private async Task<FlatfileFile?> FindAsync(ImportFile file, List<FlatfileFile> known, CancellationToken cancellationToken)
    {
        var candidates = known.Where(k => k.Name == file.Name && k.Size == file.Size && !_ours.Contains(k.Id)).ToList();
        if (candidates.Count == 0)
        {
            return null;
        }

        var hash = await file.HashAsync(cancellationToken);
        foreach (var candidate in candidates.Where(c => c.Sha256 is null || c.Sha256 == hash))
        {
            if (!await HasFailedAsync(candidate, cancellationToken))
            {
                _ours.Add(candidate.Id);
                view.Show(file.Name, "upload", 100, "is there already");
                return candidate;
            }
        }

        return null;
    }

    private async Task<bool> HasFailedAsync(FlatfileFile file, CancellationToken cancellationToken)
    {
        foreach (var operation in (string[])["extract", "automap"])
        {
            if (await _watch.LatestAsync(file.SpaceId, file.Id, operation, cancellationToken) is { Status: JobStatus.Failed or JobStatus.Canceled })
            {
                return true;
            }
        }

        return false;
    }

    private async Task<FlatfileFile> UploadAsync(ImportFile file, Space space, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file.Path);
        var progress = new UploadProgress(view, file);
        var uploaded = await client.Files.UploadAsync(
            space.Id, space.EnvironmentId, file.Name, stream, new FileUpload { Origin = "filesystem", Progress = progress }, cancellationToken: cancellationToken);
        _ours.Add(uploaded.Id);
        view.Show(file.Name, "upload", 100);
        return uploaded;
    }

    private async Task<FileReport> TimedAsync(Task<FileReport> following, long started)
    {
        var report = await following;
        return report with { Seconds = Math.Round(time.GetElapsedTime(started).TotalSeconds, 2) };
    }

    /// <summary>Told on the uploading thread, so that no report comes after the end.</summary>
    private sealed class UploadProgress(IImportView view, ImportFile file) : IProgress<long>
    {
        public void Report(long value) => view.Show(file.Name, "upload", file.Size == 0 ? 0 : Math.Min(99, 100.0 * value / file.Size));
    }
}
