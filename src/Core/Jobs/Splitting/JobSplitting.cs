using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent.Core.Failing;
using Flatfile.Api;

namespace Flatfile.Agent.Core.Jobs.Splitting;

/// <summary>Splits a job once, whatever dies in between, and says how its parts stand.</summary>
internal sealed class JobSplitting(string jobId, string? parentId, FlatfileClient client, IRunMemory memory)
{
    private const string Name = "split";
    private const int Most = 1_000;

    /// <summary>How the parts of the job stand; null when it was not split.</summary>
    public async Task<PartStates?> LookAsync(CancellationToken cancellationToken) =>
        await memory.LoadAsync(Name, cancellationToken).ConfigureAwait(false) is { } saved
            ? await PartStates.ReadAsync(JsonSerializer.Deserialize(saved, SplittingJson.Default.SplitPlan)!, jobId, client, cancellationToken).ConfigureAwait(false)
            : null;

    /// <summary>Makes the parts unless they are made. Answers how they stand.</summary>
    public async Task<PartStates> SplitAsync(IReadOnlyList<JobPartPlan> parts, CancellationToken cancellationToken)
    {
        Check(parts);
        var states = await LookAsync(cancellationToken).ConfigureAwait(false);
        if (states is null)
        {
            var plan = new SplitPlan([.. parts.Select(p => p.Weight)]);
            await memory.SaveAsync(Name, JsonSerializer.SerializeToUtf8Bytes(plan, SplittingJson.Default.SplitPlan), gotAhead: true, cancellationToken).ConfigureAwait(false);
            FailPoint.Hit(FailPoints.SplitPlanned);
            states = (await LookAsync(cancellationToken).ConfigureAwait(false))!;
        }

        if (states.AreMade)
        {
            return states;
        }

        if (states.Count != parts.Count)
        {
            throw new JobFailedException(string.Create(
                CultureInfo.InvariantCulture, $"The job was to be split into {states.Count} parts, and the handler now gives {parts.Count}. Give the same parts in every run, or retry the job."));
        }

        await MakeAsync(parts, cancellationToken).ConfigureAwait(false);
        FailPoint.Hit(FailPoints.SplitMade);
        return (await LookAsync(cancellationToken).ConfigureAwait(false))!;
    }

    private async Task MakeAsync(IReadOnlyList<JobPartPlan> parts, CancellationToken cancellationToken)
    {
        try
        {
            var data = new JsonArray([.. parts.Select(p => p.Data.DeepClone())]);
            await client.Jobs.SplitAsync(jobId, new JobSplit { Parts = data, RunInParallel = true }, cancellationToken).ConfigureAwait(false);
        }
        catch (FlatfileApiException made) when (made.Status == HttpStatusCode.Conflict)
        {
            // An answer may have been lost; whether there are parts is looked at next.
            if ((await LookAsync(cancellationToken).ConfigureAwait(false)) is not { AreMade: true })
            {
                throw;
            }
        }
    }

    private void Check(IReadOnlyList<JobPartPlan> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parentId is not null)
        {
            throw new JobFailedException($"Job {jobId} is a part of {parentId} and cannot be split again. In the handler, look at Part before you split.");
        }

        if (parts.Count is < 1 or > Most)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A job cannot be split into {parts.Count} parts. Give 1 to {Most}."), nameof(parts));
        }

        if (parts.FirstOrDefault(p => !(p.Weight > 0 && double.IsFinite(p.Weight))) is { } weightless)
        {
            throw new ArgumentException($"A part weighs {weightless.Weight}. Give every part a weight of more than 0.", nameof(parts));
        }
    }
}
