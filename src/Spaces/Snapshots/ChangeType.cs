using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Snapshots;

/// <summary>How rows of a sheet differ from a snapshot, by the wire's names.</summary>
internal static class ChangeType
{
    public const string Created = "createdSince";

    public const string Updated = "updatedSince";

    public const string Deleted = "deletedSince";

    /// <summary>The one a call asks for; null for all of them.</summary>
    public static string? Of(ApiCall call) => call.Query("changeType") switch
    {
        null => null,
        Created or Updated or Deleted => call.Query("changeType"),
        _ => throw ApiRefusal.Bad("changeType", $"'changeType' must be {Created}, {Updated} or {Deleted}."),
    };
}
