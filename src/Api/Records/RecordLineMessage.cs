using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>A message of one cell in a <see cref="RecordLine"/>.</summary>
public sealed record RecordLineMessage
{
    [JsonPropertyName("x")]
    public string FieldKey { get; init; } = "";

    [JsonPropertyName("m")]
    public string Message { get; init; } = "";

    /// <summary>See <see cref="ValidationLevel"/>.</summary>
    public string? Type { get; init; }

    /// <summary>See <see cref="ValidationSource"/>.</summary>
    public string? Source { get; init; }
}
