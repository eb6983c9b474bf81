using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of creating a workbook.</summary>
public sealed record WorkbookConfig
{
    public required string Name { get; init; }

    /// <summary><c>file</c> marks an extracted file.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    public string? SpaceId { get; init; }

    public string? EnvironmentId { get; init; }

    public string? Namespace { get; init; }

    public IReadOnlyList<SheetConfig>? Sheets { get; init; }

    public IReadOnlyList<FlatfileAction>? Actions { get; init; }

    /// <summary><c>trackChanges</c>, <c>noMappingRedirect</c>, <c>sheetSidebarOrder</c>.</summary>
    public JsonObject? Settings { get; init; }

    public JsonObject? Metadata { get; init; }

    public IReadOnlyList<string>? Treatments { get; init; }

    public string? Folder { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
