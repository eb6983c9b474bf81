using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Sheets;

namespace Flatfile.Spaces.Workbooks;

/// <summary>Lays a list of sheets a client sent over those a workbook has.</summary>
internal static class SheetMerge
{
    /// <summary>All sheets of the workbook from now on: those it has, in their order, then the new ones.</summary>
    public static IReadOnlyList<SheetPlan> Plan(IReadOnlyList<StoredSheet> stored, JsonArray? given)
    {
        var plans = stored.ToDictionary(sheet => sheet.Id.Number, SheetPlan.Keep);
        var added = new List<SheetPlan>();
        var taken = stored.Select(sheet => (string?)sheet.Slug).Concat((given ?? []).Select(SlugOf)).ToHashSet();
        for (var i = 0; i < (given?.Count ?? 0); i++)
        {
            if (given![i] is not JsonObject sheet)
            {
                throw ApiRefusal.Bad($"sheets[{i}]", $"sheets[{i}] must be an object.");
            }

            if (Match(stored, sheet) is { } match)
            {
                plans[match.Id.Number] = SheetPlan.Change(match, sheet, $"sheets[{i}]");
            }
            else
            {
                added.Add(SheetPlan.New(sheet, $"sheets[{i}]", taken));
                taken.Add(added[^1].Slug);
            }
        }

        return [.. stored.Select(sheet => plans[sheet.Id.Number]), .. added];
    }

    private static StoredSheet? Match(IReadOnlyList<StoredSheet> stored, JsonObject given)
    {
        if (given.Text("id") is { } id)
        {
            return stored.FirstOrDefault(sheet => sheet.Id.ToString() == id)
                ?? throw ApiRefusal.NotFound("sheet", id);
        }

        return SlugOf(given) is { } slug ? stored.FirstOrDefault(sheet => sheet.Slug == slug) : null;
    }

    private static string? SlugOf(JsonNode? given) =>
        (given as JsonObject)?.Text("slug") ?? ((given as JsonObject)?["config"] as JsonObject)?.Text("slug");
}
