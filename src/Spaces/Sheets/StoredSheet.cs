using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Records;

namespace Flatfile.Spaces.Sheets;

/// <summary>A sheet as it is stored: its id, the number of its record tables, and its JSON.</summary>
internal sealed record StoredSheet(ResourceId Id, int Records, JsonObject Body)
{
    public string Slug => Body.Text("slug")!;

    public JsonObject Config => (JsonObject)Body["config"]!;

    /// <summary>What the record store must know.</summary>
    public SheetDefinition Definition => new(Records, Slug, Config.Deserialize(FlatfileJson.Default.SheetConfig)!);
}
