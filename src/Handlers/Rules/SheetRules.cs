using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Rules;

/// <summary>Finds the rules of the sheet that an event is about.</summary>
internal sealed class SheetRules(FlatfileClient client, TimeProvider time)
{
    private static readonly RecordLookupOptions Asking = new() { BatchSize = 100, CacheSize = 100_000, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Null when the event names no sheet, or the sheet has no rules.</summary>
    public async Task<RuleSet?> FindAsync(FlatfileEvent @event, CancellationToken cancellationToken)
    {
        if (@event.Context.SheetId is not { } id)
        {
            return null;
        }

        var sheet = await client.Sheets.GetAsync(id, cancellationToken);
        if (!RuleSet.MayHaveRules(sheet.Config))
        {
            return null;
        }

        var others = (await client.Workbooks.GetAsync(sheet.WorkbookId, cancellationToken)).Sheets;
        return RuleSet.Of(sheet.Config, PresentIn, time);

        RecordLookup<string, bool>? PresentIn(string slug, string field) =>
            others.FirstOrDefault(s => s.Slug == slug) is { } other && other.Config.Fields.Any(f => f.Key == field)
                ? new RecordLookup<string, bool>(new PresentValues(client, other.Id, field).AskAsync, Asking, time)
                : null;
    }
}
