using System.Globalization;
using System.Text.Json.Nodes;

namespace Flatfile.Agent.Core.Upkeep.Cleanup;

/// <summary>What a cleanup says at its end.</summary>
internal sealed record CleanupReport(DateTimeOffset ServerTime, TimeSpan UntouchedFor, int Eligible, IReadOnlyList<CleanupItem> Items, IReadOnlyList<(string Id, string Name, string Why)> Kept, int KeptCount)
{
    /// <summary>Of those that stay so many are named.</summary>
    public const int Named = 100;

    public RecurringResult ToResult(bool isDryRun)
    {
        var deleted = Items.Count(i => i.Stage == CleanupStage.Deleted);
        var stayed = Items.Count - deleted;
        var later = Eligible > Items.Count ? string.Create(CultureInfo.InvariantCulture, $" {Eligible - Items.Count} more come in later runs.") : "";
        var kept = KeptCount == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {KeptCount} completed {(KeptCount == 1 ? "one stays" : "ones stay")} for now.");
        var message = isDryRun
            ? string.Create(CultureInfo.InvariantCulture, $"Dry run: {Spaces(Items.Count)} would be exported and deleted.{later}{kept} Nothing was changed.")
            : string.Create(CultureInfo.InvariantCulture, $"{Spaces(deleted)} exported and deleted, {stayed} not.{later}{kept}");
        return new RecurringResult(message)
        {
            Details = new JsonObject
            {
                ["dryRun"] = isDryRun,
                ["serverTime"] = ServerTime.ToString("O", CultureInfo.InvariantCulture),
                ["untouchedSince"] = (ServerTime - UntouchedFor).ToString("O", CultureInfo.InvariantCulture),
                ["eligible"] = Eligible,
                ["spaces"] = new JsonArray([.. Items.Select(i => Line(i, isDryRun))]),
                ["keptCount"] = KeptCount,
                ["kept"] = new JsonArray([.. Kept.Select(k => new JsonObject { ["id"] = k.Id, ["name"] = k.Name, ["why"] = k.Why })]),
            },
        };
    }

    private static JsonObject Line(CleanupItem item, bool isDryRun) => new()
    {
        ["id"] = item.SpaceId,
        ["name"] = item.Name,
        ["touchedAt"] = item.TouchedAt.ToString("O", CultureInfo.InvariantCulture),
        ["end"] = isDryRun ? "wouldGo" : item.Stage == CleanupStage.Deleted ? "deleted" : "kept",
        ["file"] = item.File,
        ["sha256"] = item.Sha256,
        ["why"] = item.Reason,
    };

    private static string Spaces(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "space" : "spaces")}");
}
