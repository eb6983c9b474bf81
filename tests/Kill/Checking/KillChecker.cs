using Kill.Load;
using Kill.Platform;

namespace Kill.Checking;

/// <summary>Judges a history from Flatfile's side alone: each row once, each job one end with a reason, quiet after it, nobody but the last run writes.</summary>
internal static class KillChecker
{
    /// <summary>One sentence for each violation; none when the promise was kept.</summary>
    public static IReadOnlyList<string> Violations(KillHistory history)
    {
        var calls = history.Calls.Where(c => c.JobId is not null).GroupBy(c => c.JobId!).ToDictionary(g => g.Key, g => g.OrderBy(c => c.Begun).ToList());
        return
        [
            .. Rows(history), .. Mapped(history), .. Ends(history),
            .. calls.SelectMany(job => Twice(job.Key, job.Value)),
            .. calls.SelectMany(job => Loud(job.Key, job.Value)),
            .. calls.SelectMany(job => Stale(job.Key, job.Value)),
            .. calls.SelectMany(job => Falling(job.Key, job.Value)),
        ];
    }

    private static IEnumerable<string> Rows(KillHistory history)
    {
        var files = history.Files.ToDictionary(f => f.Name);
        foreach (var planned in history.Plan)
        {
            var file = files.GetValueOrDefault(planned.Name);
            var job = history.Jobs.FirstOrDefault(j => j.FileId == file?.Id && j.Operation == "extract");
            if (file is null || job is null)
            {
                yield return $"lost: {planned.Name} was uploaded, and there is no {(file is null ? "file" : "extraction")} of it.";
                continue;
            }

            foreach (var double_ in file.RowKeys.GroupBy(k => k).Where(g => g.Count() > 1).Take(3))
            {
                yield return $"doubled: row {double_.Key} of {planned.Name} is there {double_.Count()} times.";
            }

            var expected = Enumerable.Range(1, planned.Rows).Select(planned.RowKey).ToHashSet();
            if (file.RowKeys.FirstOrDefault(k => !expected.Contains(k)) is { } strange)
            {
                yield return $"strange: {planned.Name} has a row '{strange}'.";
            }

            var lost = expected.Count - file.RowKeys.Distinct().Count();
            if (job.Status == "complete" && lost > 0)
            {
                yield return $"lost: {lost} of {planned.Rows} rows of {planned.Name}, and its extraction {job.Id} says that it is complete.";
            }

            var right = planned.IsReadable ? job.Status == "complete" || (planned.IsCanceled && job.Status == "canceled") : job.Status is "failed" or "canceled";
            if (job.HasEnded && !right)
            {
                yield return $"wrong end: the extraction {job.Id} of {planned.Name} ({planned.Rows} rows) ended as {job.Status}: {job.Reason}";
            }
        }
    }

    private static IEnumerable<string> Mapped(KillHistory history)
    {
        foreach (var double_ in history.MappedKeys.GroupBy(k => k).Where(g => g.Count() > 1).Take(3))
        {
            yield return $"doubled: row {double_.Key} was mapped {double_.Count()} times.";
        }

        var mapped = history.MappedKeys.ToHashSet();
        var files = history.Files.ToDictionary(f => f.Id);
        foreach (var extraction in history.Jobs.Where(j => j is { Operation: "extract", Status: "complete" }))
        {
            var mapping = history.Jobs.FirstOrDefault(j => j.Operation == "automap" && j.FileId == extraction.FileId);
            var lost = files[extraction.FileId!].RowKeys.Count(k => !mapped.Contains(k));
            if (mapping is null || (mapping.HasEnded && mapping.Status != "complete"))
            {
                yield return $"wrong end: the mapping of {files[extraction.FileId!].Name} {(mapping is null ? "is missing" : $"{mapping.Id} ended as {mapping.Status}: {mapping.Reason}")}";
            }
            else if (mapping.Status == "complete" && lost > 0)
            {
                yield return $"lost: {lost} rows of {files[extraction.FileId!].Name} were not mapped, and {mapping.Id} says that it is complete.";
            }
        }
    }

    private static IEnumerable<string> Ends(KillHistory history)
    {
        foreach (var job in history.Jobs)
        {
            if (!job.HasEnded)
            {
                yield return $"no end: job {job.Id} ({job.Operation}) is {job.Status}.";
            }
            else if (job.Ends != 1)
            {
                yield return $"ended {job.Ends} times: job {job.Id} ({job.Operation}).";
            }
            else if (string.IsNullOrWhiteSpace(job.Reason) && job.Status != "canceled")
            {
                yield return $"no reason: job {job.Id} ({job.Operation}) ended as {job.Status} and nobody is told why.";
            }
        }
    }

    private static IEnumerable<string> Twice(string job, List<PlatformCall> calls)
    {
        var ends = calls.Where(c => c.IsEnd && c.IsAcceptedChange).ToList();
        foreach (var end in ends)
        {
            if (calls.FirstOrDefault(c => c.IsEnd && c != end && c.Incarnation == end.Incarnation && c.Begun >= end.Answered) is { } again)
            {
                yield return $"ended twice: {again.Incarnation} told the end of job {job}, was answered, and told it again.";
                yield break;
            }
        }
    }

    private static IEnumerable<string> Loud(string job, List<PlatformCall> calls) =>
        calls.FirstOrDefault(c => c is { IsEnd: true, IsAcceptedChange: true }) is { } end
        && calls.FirstOrDefault(c => c is { IsAcceptedChange: true, IsEnd: false } && c.Begun > end.Answered) is { } late
            ? [$"after the end: {late.Incarnation} changed something ({late.Method} {late.Path}) for job {job}, which had ended."]
            : [];

    /// <summary>A call belongs to the run its agent began last; no call of an earlier run is accepted once a later one has begun.</summary>
    private static IEnumerable<string> Stale(string job, List<PlatformCall> calls)
    {
        var begins = calls.Where(c => c.IsBegin && c.IsAcceptedChange).ToList();
        foreach (var call in calls.Where(c => c.IsAcceptedChange && !c.IsEnd))
        {
            var own = begins.LastOrDefault(b => b.Incarnation == call.Incarnation && b.Begun <= call.Begun);
            if (own is not null && begins.FirstOrDefault(b => b.Incarnation != call.Incarnation && b.Begun > own.Begun && b.Answered < call.Begun) is { } newer)
            {
                yield return $"stale: {call.Incarnation} changed something ({call.Method} {call.Path}) for job {job} after {newer.Incarnation} had taken it over.";
                yield break;
            }
        }

        var newest = 0L;
        foreach (var call in calls.Where(c => c.IsAcceptedChange && c.Fence is not null))
        {
            if (call.Fence < newest && calls.Any(c => c.IsAcceptedChange && c.Fence > call.Fence && c.Answered < call.Begun))
            {
                yield return $"stale: {call.Incarnation} changed something ({call.Method} {call.Path}) for job {job} with number {call.Fence}; {newest} had been seen.";
                yield break;
            }

            newest = Math.Max(newest, call.Fence!.Value);
        }
    }

    private static IEnumerable<string> Falling(string job, List<PlatformCall> calls)
    {
        foreach (var run in calls.Where(c => c is { IsAcceptedChange: true, Progress: not null, Fence: not null }).GroupBy(c => (c.Incarnation, c.Fence)))
        {
            foreach (var (first, second) in run.Zip(run.Skip(1)))
            {
                if (second.Progress < first.Progress)
                {
                    yield return $"falling: the progress of job {job} went from {first.Progress} to {second.Progress} within one run.";
                    yield break;
                }
            }
        }
    }

    /// <summary>The plan as the checker reads it, for messages.</summary>
    public static string Describe(IReadOnlyList<PlannedFile> plan) =>
        $"{plan.Count} files, {plan.Sum(f => (long)f.Rows):N0} rows, {plan.Count(f => !f.IsReadable)} unreadable, {plan.Count(f => f.IsCanceled)} to be cancelled";
}
