using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of splitting a job.</summary>
public sealed record JobSplit
{
    /// <summary>A number, or a list with an object for each part.</summary>
    public required JsonNode Parts { get; init; }

    public bool? RunInParallel { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
