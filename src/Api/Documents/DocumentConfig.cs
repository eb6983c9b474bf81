using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of creating or updating a document.</summary>
public sealed record DocumentConfig : IUpdateBody
{
    public required string Title { get; init; }

    /// <summary>Markdown.</summary>
    public required string Body { get; init; }

    public IReadOnlyList<string>? Treatments { get; init; }

    public IReadOnlyList<FlatfileAction>? Actions { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
