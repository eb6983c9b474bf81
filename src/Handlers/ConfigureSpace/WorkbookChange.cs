using Flatfile.Api;

namespace Flatfile.Agent.Handlers.ConfigureSpace;

/// <summary>What must change for a workbook to hold everything a blueprint wants. Nothing is ever taken away.</summary>
internal static class WorkbookChange
{
    /// <summary>The update to send; null when there is nothing to change.</summary>
    public static WorkbookUpdate? Between(Workbook actual, WorkbookConfig wanted)
    {
        var sheets = (wanted.Sheets ?? []).Select(sheet => Change(actual, sheet)).OfType<SheetConfigOrUpdate>().ToList();
        var top = wanted with { Sheets = null, SpaceId = null, EnvironmentId = null };
        var topHolds = WireShape.Holds(actual, FlatfileJson.Default.Workbook, top, FlatfileJson.Default.WorkbookConfig);
        if (topHolds && sheets.Count == 0)
        {
            return null;
        }

        return new WorkbookUpdate
        {
            Labels = topHolds ? null : wanted.Labels,
            Namespace = topHolds ? null : wanted.Namespace,
            Actions = topHolds ? null : wanted.Actions,
            Settings = topHolds ? null : wanted.Settings,
            Metadata = topHolds ? null : wanted.Metadata,
            Folder = topHolds ? null : wanted.Folder,
            Sheets = sheets.Count == 0 ? null : sheets,
        };
    }

    private static SheetConfigOrUpdate? Change(Workbook workbook, SheetConfig wanted)
    {
        var actual = workbook.Sheets.FirstOrDefault(s => wanted.Slug is not null && s.Slug == wanted.Slug)
            ?? workbook.Sheets.FirstOrDefault(s => wanted.Slug is null && s.Name == wanted.Name);
        if (actual is null)
        {
            return new SheetConfigOrUpdate { Name = wanted.Name, Slug = wanted.Slug, Config = wanted };
        }

        var merged = wanted with
        {
            Slug = actual.Slug,
            Fields = [.. wanted.Fields, .. actual.Config.Fields.Where(f => wanted.Fields.All(w => w.Key != f.Key))],
        };
        return Holds(actual, wanted) ? null : new SheetConfigOrUpdate { Id = actual.Id, Name = wanted.Name, Slug = actual.Slug, Config = merged };
    }

    /// <summary>Fields are compared by key: their order and further ones do not matter.</summary>
    private static bool Holds(Sheet actual, SheetConfig wanted)
    {
        var fields = actual.Config.Fields.ToDictionary(f => f.Key, StringComparer.Ordinal);
        return actual.Name == wanted.Name
            && wanted.Fields.All(w => fields.TryGetValue(w.Key, out var there) && WireShape.Holds(there, FlatfileJson.Default.Property, w, FlatfileJson.Default.Property))
            && WireShape.Holds(
                actual.Config with { Fields = [], Name = actual.Name }, FlatfileJson.Default.SheetConfig,
                wanted with { Fields = [], Slug = null }, FlatfileJson.Default.SheetConfig);
    }
}
