using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>How a sheet differs from a snapshot.</summary>
public sealed record SnapshotSummary
{
    /// <summary>Rows that came.</summary>
    public SnapshotChanges? CreatedSince { get; init; }

    /// <summary>Rows whose values changed.</summary>
    public SnapshotChanges? UpdatedSince { get; init; }

    /// <summary>Rows that went.</summary>
    public SnapshotChanges? DeletedSince { get; init; }

    /// <summary>By field key: <c>added</c>, <c>removed</c> or <c>unchanged</c>.</summary>
    public Dictionary<string, string>? SchemaDiff { get; init; }

    /// <summary>The schema of then.</summary>
    public SheetConfig? Config { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
