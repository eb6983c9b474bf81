using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of changing a member of a space (superset of the Spaces guide).</summary>
public sealed record SpaceUserUpdate
{
    /// <summary><c>owner</c>, <c>admin</c>, <c>editor</c>, <c>viewer</c>.</summary>
    public string? Role { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
