using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A state an agent was deployed in.</summary>
public sealed record AgentVersion
{
    public required string Id { get; init; }

    /// <summary>Snake case on the wire, unlike all else.</summary>
    [JsonPropertyName("agent_id")]
    public required string AgentId { get; init; }

    public int Version { get; init; }

    /// <summary>The version this one was made from.</summary>
    public int? Origin { get; init; }

    public IReadOnlyList<string>? Topics { get; init; }

    /// <summary><c>js</c>.</summary>
    public string? Compiler { get; init; }

    public string? Source { get; init; }

    public string? SourceMap { get; init; }

    /// <summary>One slug is one agent of the environment.</summary>
    public string? Slug { get; init; }

    public string? Template { get; init; }

    public JsonObject? TemplateOptions { get; init; }

    public bool? IsSystem { get; init; }

    public string? Namespace { get; init; }

    public IReadOnlyDictionary<string, string>? PackageVersions { get; init; }

    public JsonObject? CommitInfo { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
