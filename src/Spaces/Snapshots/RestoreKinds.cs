using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Snapshots;

/// <summary>Which changes since a snapshot are taken back.</summary>
/// <param name="Created">Rows that came go.</param>
/// <param name="Updated">Rows that changed get their values back.</param>
/// <param name="Deleted">Rows that went come back.</param>
internal sealed record RestoreKinds(bool Created, bool Updated, bool Deleted)
{
    /// <summary>From a body; none means all kinds, and a kind not named is left alone.</summary>
    public static RestoreKinds Of(JsonObject body)
    {
        var faults = body.Where(member => member.Key is "created" or "updated" or "deleted" && member.Value is not null && !IsFlag(member.Value))
            .Select(member => new ApiFault(member.Key, $"'{member.Key}' must be true or false.")).ToList();
        return faults.Count > 0 ? throw new ApiRefusal(400, faults)
            : body.Count == 0 ? new RestoreKinds(true, true, true)
            : new RestoreKinds(body.Flag("created"), body.Flag("updated"), body.Flag("deleted"));
    }

    private static bool IsFlag(JsonNode node) => node is JsonValue value && value.TryGetValue<bool>(out _);
}
