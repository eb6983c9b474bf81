using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Flatfile.Api;

/// <summary>The body of updating a workbook. Sheets are matched by id, else by slug; those not mentioned stay.</summary>
public sealed record WorkbookUpdate : IUpdateBody
{
    public string? Name { get; init; }

    public IReadOnlyList<string>? Labels { get; init; }

    public string? Namespace { get; init; }

    public IReadOnlyList<SheetConfigOrUpdate>? Sheets { get; init; }

    public IReadOnlyList<FlatfileAction>? Actions { get; init; }

    public JsonObject? Settings { get; init; }

    public JsonObject? Metadata { get; init; }

    public string? Folder { get; init; }

    /// <summary>Members this library does not know, kept as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? More { get; set; }
}
