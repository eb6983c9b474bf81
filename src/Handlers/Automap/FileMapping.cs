using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Automap;

/// <summary>One run over the sheets of a file: chooses for each the sheet it goes to, and copies its rows.</summary>
internal sealed class FileMapping(FlatfileClient client, JobContext context, FlatfileFile file, AutomapOptions options)
{
    private readonly MatchSources _sources = new(client, context.Logger);

    public async Task<(MappedTable Table, AutomapCheckpoint Checkpoint)> MapAsync(
        Sheet source, int index, int of, AutomapCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        var total = (await client.Sheets.GetRecordCountsAsync(source.Id, cancellationToken: cancellationToken)).Total;
        var choice = await ChooseAsync(source, of, checkpoint.Tables.ElementAtOrDefault(index), cancellationToken);
        if (choice.Match is not { } match)
        {
            var none = checkpoint.Tables.Count > index ? checkpoint : await SaveAsync(checkpoint, index, new AutomapCheckpoint.Table(null, [], 0, 0, new CopyTally()), cancellationToken);
            return (new MappedTable(source, choice, total, new CopyTally()), none);
        }

        if (checkpoint.Tables.Count <= index)
        {
            var pairs = match.Mapped.Select(m => new AutomapCheckpoint.Pair(m.From.Key, m.To.Key, m.Closeness, m.Confidence, m.Reason));
            checkpoint = await SaveAsync(checkpoint, index, new AutomapCheckpoint.Table(match.Sheet.Id, [.. pairs], 0, 0, new CopyTally()), cancellationToken);
        }

        var done = await new TableCopy(client, source, match).RunAsync(
            context.JobId,
            checkpoint.Tables[index],
            async table =>
            {
                checkpoint = await SaveAsync(checkpoint, index, table, cancellationToken);
                var share = total > 0 ? Math.Min(1, (double)table.Rows / total) : 1;
                context.Report(Math.Min(99, 100 * (index + share) / of), $"{table.Rows:N0} of {total:N0} rows in {match.Sheet.Name}");
            },
            cancellationToken);
        return done.Rows >= total
            ? (new MappedTable(source, choice, done.Rows, done.Tally), checkpoint)
            : throw new JobFailedException($"{source.Name} of {file.Name} has {total:N0} rows, and only {done.Rows:N0} of them came over into {match.Sheet.Name}. Rows were deleted while they were copied: empty the sheet and run the job again.");
    }

    private async Task<SheetChoice> ChooseAsync(Sheet source, int of, AutomapCheckpoint.Table? begun, CancellationToken cancellationToken)
    {
        if (begun?.SheetId is { } claimedBy)
        {
            var sheet = await client.Sheets.GetAsync(claimedBy, cancellationToken);
            return new SheetChoice(SheetMatch.Again(source.Config.Fields, sheet, begun.Pairs), string.Empty);
        }

        if (!options.Matches(file.Name))
        {
            return new SheetChoice(null, $"its name does not match the option matchFilename, {options.MatchFilename}");
        }

        var space = await client.Spaces.GetAsync(file.SpaceId, cancellationToken);
        if (space.PrimaryWorkbookId is not { } primaryId || primaryId == file.WorkbookId)
        {
            return new SheetChoice(null, "the space has no primary workbook");
        }

        var sheets = (await client.Workbooks.GetAsync(primaryId, cancellationToken)).Sheets;
        var knowledge = new MatchKnowledge
        {
            Profiles = await _sources.ProfilesAsync(source, cancellationToken),
            References = await _sources.ReferencesAsync(sheets, cancellationToken),
            Learnt = space.EnvironmentId is { } environment ? await _sources.LearntAsync(environment, cancellationToken) : MatchKnowledge.None.Learnt,
            Given = options.Mapping,
            OnlyExact = options.OnlyExact,
        };
        var name = of == 1 ? Path.GetFileNameWithoutExtension(file.Name) : source.Name;
        var choice = options.DefaultTargetSheet is { } wanted
            ? SheetChoice.Of(wanted, source.Config.Fields, sheets, knowledge)
            : SheetChoice.Among(name, source.Config.Fields, sheets, knowledge);
        if (choice.Match is { } match && space.EnvironmentId is { } home)
        {
            await _sources.RememberAsync(context, home, source, match, cancellationToken);
        }

        return choice;
    }

    private async Task<AutomapCheckpoint> SaveAsync(AutomapCheckpoint checkpoint, int index, AutomapCheckpoint.Table table, CancellationToken cancellationToken)
    {
        var saved = new AutomapCheckpoint([.. checkpoint.Tables.Take(index), table]);
        await context.CheckpointAsync(saved, cancellationToken);
        return saved;
    }
}
