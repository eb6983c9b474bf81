using Flatfile.Agent.Handlers.Reading;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Extraction;

/// <summary>The workbook a file becomes: made with its first table, a sheet added with each that follows.</summary>
internal sealed class FileWorkbook(FlatfileClient client, JobContext context, FlatfileFile file)
{
    /// <summary>As the last call answered it; null before the first: an earlier run may have made sheets that its state does not tell of.</summary>
    private Workbook? _workbook;

    /// <summary>The state with a sheet for a table in it, stored before it returns. A sheet that an earlier run made is found again.</summary>
    public async Task<ExtractionCheckpoint> WithSheetAsync(ExtractionCheckpoint? checkpoint, int index, ITable table, CancellationToken cancellationToken)
    {
        if (checkpoint is not null && index < checkpoint.Sheets.Count)
        {
            return checkpoint;
        }

        var name = SheetName.Of(table.Name);
        var slug = FreeSlug(SheetName.SlugOf(name), checkpoint);
        var config = new SheetConfig { Name = name, Slug = slug, Fields = [.. Fields(table)] };
        _workbook = checkpoint is null ? await CreateAsync(config, cancellationToken) : await AddAsync(checkpoint.WorkbookId, config, cancellationToken);
        var sheet = _workbook.Sheets.First(s => s.Slug == slug);
        var next = (checkpoint ?? new ExtractionCheckpoint(_workbook.Id, [])).With(index, new ExtractedSheet(sheet.Id, slug, 0, 0));
        await context.CheckpointAsync(next, cancellationToken);
        return next;
    }

    private static IEnumerable<Property> Fields(ITable table) =>
        FieldKeys.From(table.Labels).Zip(table.Labels, (key, label) => new Property { Key = key, Type = PropertyType.String, Label = label });

    private static string FreeSlug(string slug, ExtractionCheckpoint? checkpoint)
    {
        var taken = checkpoint?.Sheets.Select(s => s.Slug).ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
        var free = slug;
        for (var number = 2; taken.Contains(free); number++)
        {
            free = FormattableString.Invariant($"{slug}-{number}");
        }

        return free;
    }

    private async Task<Workbook> CreateAsync(SheetConfig sheet, CancellationToken cancellationToken)
    {
        var config = new WorkbookConfig
        {
            Name = $"[file] {file.Name}",
            Labels = ["file"],
            Treatments = ["EXTRACTED_FROM_SOURCE"],
            SpaceId = file.SpaceId,
            EnvironmentId = context.Event.Context.EnvironmentId,
            Sheets = [sheet],
        };
        var workbook = await client.Workbooks.CreateAsync(config, new RequestOptions { IdempotencyKey = $"{context.JobId}:workbook" }, cancellationToken);
        await client.Files.UpdateAsync(file.Id, new FileUpdate { WorkbookId = workbook.Id }, cancellationToken);
        return workbook;
    }

    private async Task<Workbook> AddAsync(string workbookId, SheetConfig sheet, CancellationToken cancellationToken)
    {
        var workbook = _workbook ?? await client.Workbooks.GetAsync(workbookId, cancellationToken);
        if (workbook.Sheets.Any(s => s.Slug == sheet.Slug))
        {
            return workbook;
        }

        var update = new WorkbookUpdate { Sheets = [new SheetConfigOrUpdate { Name = sheet.Name, Slug = sheet.Slug, Config = sheet }] };
        return await client.Workbooks.UpdateAsync(workbookId, update, cancellationToken);
    }
}
