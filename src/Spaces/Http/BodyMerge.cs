using System.Text.Json.Nodes;

namespace Flatfile.Spaces.Http;

/// <summary>Puts what a client sent over what is stored: null on a member that must be there means "not given", on any other "clear".</summary>
/// <param name="Mandatory">Members that stay when null is sent.</param>
/// <param name="Protected">Members only the server sets; sent ones are passed over.</param>
internal sealed record BodyMerge(IReadOnlySet<string> Mandatory, IReadOnlySet<string> Protected)
{
    public static BodyMerge Environment { get; } = new(
        Names("name", "isProd", "guestAuthentication", "metadata"), Names("id", "accountId", "features"));

    public static BodyMerge Space { get; } = new(
        Names("name", "guestAuthentication"),
        Names(
            "id", "environmentId", "createdAt", "updatedAt", "expiredAt", "lastActivityAt", "createdByUserId", "createdByUserName", "workbooksCount",
            "filesCount", "guestLink", "accessToken", "size", "status", "completedAt", "upgradedAt", "createdFrom", "lastPropagatedAt", "workbook", "document",
            "files", "users", "workflow", "isCollaborative"));

    public static BodyMerge Workbook { get; } = new(
        Names("name"),
        Names("id", "spaceId", "environmentId", "sheets", "createdAt", "updatedAt", "expiredAt", "createdFrom", "lastPropagatedAt"));

    /// <summary>Members of a sheet outside its <c>config</c>.</summary>
    public static BodyMerge Sheet { get; } = new(
        Names("name", "slug"),
        Names("id", "workbookId", "config", "lockedBy", "lockedAt", "createdAt", "updatedAt", "recordCounts", "createdFrom", "lastPropagatedAt"));

    /// <summary>What a client gives when it creates a job; its states and times are the server's.</summary>
    public static BodyMerge Job { get; } = new(
        Names("type", "operation", "source", "trigger", "mode"),
        Names(
            "id", "status", "environmentId", "spaceId", "createdBy", "createdAt", "updatedAt", "startedAt", "finishedAt", "executedAt",
            "outcomeAcknowledgedAt"));

    /// <summary>Merges member by member; objects are replaced, not merged.</summary>
    public static void Into(JsonObject stored, JsonObject given, BodyMerge rules)
    {
        foreach (var (member, value) in given)
        {
            if (rules.Protected.Contains(member))
            {
                continue;
            }

            if (value is not null)
            {
                stored[member] = value.DeepClone();
            }
            else if (!rules.Mandatory.Contains(member))
            {
                stored.Remove(member);
            }
        }
    }

    private static HashSet<string> Names(params string[] names) => new(names, StringComparer.Ordinal);
}
