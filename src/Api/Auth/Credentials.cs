using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of signing in: one of two kinds.</summary>
public sealed record Credentials
{
    /// <summary>Of a user.</summary>
    public static Credentials OfUser(string email, string password) => new() { Type = "userCredentials", Email = email, Password = password };

    /// <summary>Of a program.</summary>
    public static Credentials OfProgram(string clientId, string secret) => new() { Type = "apiCredentials", ClientId = clientId, Secret = secret };

    public required string Type { get; init; }

    public string? Email { get; init; }

    public string? Password { get; init; }

    public string? ClientId { get; init; }

    public string? Secret { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
