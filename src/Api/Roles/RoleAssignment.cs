using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of giving a role.</summary>
public sealed record RoleAssignment
{
    public required string RoleId { get; init; }

    /// <summary>The account, an environment or a space.</summary>
    public required string ResourceId { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
