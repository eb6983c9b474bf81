using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Export;

/// <summary>A sheet to be exported.</summary>
/// <param name="Sheet">The sheet.</param>
/// <param name="Fields">Those of its fields that are exported, in its order.</param>
/// <param name="Labels">What stands above their columns.</param>
internal sealed record ExportSheet(Sheet Sheet, IReadOnlyList<Property> Fields, IReadOnlyList<string> Labels)
{
    /// <summary>The fields an export takes of a sheet.</summary>
    public static ExportSheet Of(Sheet sheet, ExportOptions options)
    {
        List<Property> fields = [.. sheet.Config.Fields.Where(f => options.Takes(f.Key))];
        return new ExportSheet(sheet, fields, [.. fields.Select(f => options.Header == ExportOptions.Keys || string.IsNullOrEmpty(f.Label) ? f.Key : f.Label)]);
    }
}
