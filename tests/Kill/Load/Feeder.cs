using System.Text.Json;
using Kill.Platform;

namespace Kill.Load;

/// <summary>Keeps a number of files on their way: uploads the next when one is finished, and cancels those that are to be cancelled.</summary>
internal sealed class Feeder(SpacesServer spaces, IReadOnlyList<string> spaceIds, string environmentId, KillOptions options, Random random)
{
    private readonly List<PlannedFile> _plan = [];
    private readonly List<OpenFile> _open = [];
    private volatile bool _closed;

    /// <summary>Everything uploaded.</summary>
    public IReadOnlyList<PlannedFile> Plan => _plan;

    /// <summary>Files on their way.</summary>
    public int OpenFiles => _open.Count;

    /// <summary>True while a job runs.</summary>
    public bool IsWorkInHand { get; private set; }

    /// <summary>Uploads nothing more.</summary>
    public void Close() => _closed = true;

    /// <summary>Runs until it was closed and all is finished, or the token fires.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && !(_closed && _open.Count == 0))
        {
            foreach (var file in _open.ToList())
            {
                if (await IsFinishedAsync(file))
                {
                    _open.Remove(file);
                }
            }

            IsWorkInHand = _open.Exists(f => f.IsRunning);
            while (!_closed && _open.Count < options.OpenJobs)
            {
                await UploadAsync();
            }

            await Task.Delay(100, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task UploadAsync()
    {
        var planned = options.Pauses > 0 ? PlannedFile.Large(_plan.Count + 1, random) : PlannedFile.Next(_plan.Count + 1, random);
        _plan.Add(planned);
        _open.Add(new OpenFile(planned, await spaces.UploadAsync(spaceIds[planned.Number % spaceIds.Count], environmentId, planned.Name, planned.Content())));
    }

    private async Task<bool> IsFinishedAsync(OpenFile file)
    {
        var jobs = (await spaces.GetAsync($"jobs?fileId={file.FileId}&pageSize=100")).EnumerateArray().ToList();
        file.IsRunning = jobs.Exists(j => Text(j, "status") == "executing");
        if (jobs.Find(j => Text(j, "operation") == "extract") is not { ValueKind: JsonValueKind.Object } extraction)
        {
            return false;
        }

        if (file.Planned.IsCanceled && !file.CancelAsked && Text(extraction, "status") == "executing")
        {
            file.CancelAsked = true;
            await spaces.TryPostAsync($"jobs/{Text(extraction, "id")}/cancel", """{"info":"Cancelled by a person"}""");
        }

        return Text(extraction, "status") switch
        {
            "failed" or "canceled" => true,
            "complete" => jobs.Exists(j => Text(j, "operation") == "automap" && Text(j, "status") is "complete" or "failed" or "canceled"),
            _ => false,
        };
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
