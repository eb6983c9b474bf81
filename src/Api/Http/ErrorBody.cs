using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of every answer from 400 upwards.</summary>
public sealed record ErrorBody
{
    public IReadOnlyList<ErrorItem> Errors { get; set => field = value ?? []; } = [];

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
