using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of creating and inviting a user.</summary>
public sealed record UserInvite
{
    public required string Email { get; init; }

    public required string Name { get; init; }

    public IReadOnlyList<RoleAssignment> ActorRoles { get; init; } = [];

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
