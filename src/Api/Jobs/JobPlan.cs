using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A mapping job with its plan.</summary>
public sealed record JobPlan
{
    public required Job Job { get; init; }

    public required JobExecutionPlan Plan { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
