using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Rules;

/// <summary>Looks at the rules of a blueprint before it is applied: a rule that cannot be read is told at once and not at the first row.</summary>
internal static class BlueprintRules
{
    /// <exception cref="JobFailedException">A rule cannot be read, or refers to a sheet that is not there.</exception>
    public static void RequireReadable(SpaceBlueprint blueprint)
    {
        var faults = new List<string>();
        foreach (var workbook in blueprint.Workbooks)
        {
            foreach (var sheet in workbook.Sheets ?? [])
            {
                faults.AddRange(RuleSet.Of(sheet, PresentIn, TimeProvider.System).Faults.Select(fault => $"{sheet.Name}: {fault}"));
            }

            RecordLookup<string, bool>? PresentIn(string slug, string field) =>
                workbook.Sheets!.Any(s => s.Slug == slug && s.Fields.Any(f => f.Key == field)) ? Unasked : null;
        }

        if (faults.Count > 0)
        {
            throw new JobFailedException($"The blueprint {blueprint.Name} was not applied. {string.Join(" ", faults)}");
        }
    }

    /// <summary>Stands for a look-up that could be made; nothing is looked up here.</summary>
    private static RecordLookup<string, bool> Unasked => new((_, _) => Task.FromResult<IReadOnlyDictionary<string, bool>>(new Dictionary<string, bool>()));
}
