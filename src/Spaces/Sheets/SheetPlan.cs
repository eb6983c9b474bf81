using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;

namespace Flatfile.Spaces.Sheets;

/// <summary>How a sheet shall be: its schema, and its members outside the schema.</summary>
/// <param name="Id">The sheet it changes; none for a new one.</param>
/// <param name="Config">The schema, with name and slug.</param>
/// <param name="Outside">Members beside the schema: <c>metadata</c>, <c>namespace</c>.</param>
/// <param name="Place">Where the client wrote it, for messages: <c>sheets[0]</c>.</param>
internal sealed record SheetPlan(ResourceId? Id, JsonObject Config, JsonObject Outside, string Place)
{
    /// <summary>Members of an update that belong to the schema.</summary>
    private static readonly string[] SchemaMembers =
    [
        "name", "description", "slug", "readonly", "allowAdditionalFields", "mappingConfidenceThreshold", "access", "fields", "actions", "constraints",
        "treatments", "collection",
    ];

    private static readonly string[] NeverCleared = ["name", "slug", "fields"];

    public string? Slug => Config.Text("slug");

    /// <summary>A sheet that stays as it is.</summary>
    public static SheetPlan Keep(StoredSheet sheet) => new(sheet.Id, (JsonObject)sheet.Config.DeepClone(), [], $"sheet '{sheet.Slug}'");

    /// <summary>A new sheet from its schema. A missing slug is made from the name and kept apart from the others.</summary>
    public static SheetPlan New(JsonObject given, string place, IReadOnlyCollection<string?> taken)
    {
        var config = given["config"] is JsonObject inner ? (JsonObject)inner.DeepClone() : (JsonObject)given.DeepClone();
        foreach (var foreign in new[] { "id", "workbookId", "namespace", "createdAt", "updatedAt", "config" })
        {
            config.Remove(foreign);
        }

        if (string.IsNullOrWhiteSpace(config.Text("slug")) && config.Text("name") is { } name)
        {
            config["slug"] = SheetSlug.From(name, taken);
        }

        return new SheetPlan(null, config, OutsideOf(given), place);
    }

    /// <summary>A stored sheet with an element of a workbook's update over it: <c>config</c> replaces the schema, members beside it replace their own.</summary>
    public static SheetPlan Change(StoredSheet stored, JsonObject given, string place)
    {
        var config = given["config"] is JsonObject whole ? (JsonObject)whole.DeepClone() : (JsonObject)stored.Config.DeepClone();
        foreach (var member in SchemaMembers)
        {
            if (!given.TryGetPropertyValue(member, out var value))
            {
                continue;
            }

            if (value is not null)
            {
                config[member] = value.DeepClone();
            }
            else if (!NeverCleared.Contains(member))
            {
                config.Remove(member);
            }
        }

        foreach (var member in NeverCleared)
        {
            if (config[member] is null)
            {
                config[member] = stored.Config.Copy(member);
            }
        }

        return new SheetPlan(stored.Id, config, OutsideOf(given), place);
    }

    /// <summary>Puts the plan into a sheet's body.</summary>
    public void Into(JsonObject body)
    {
        body["name"] = Config.Text("name");
        body["slug"] = Slug;
        foreach (var (member, value) in Outside)
        {
            if (value is null)
            {
                body.Remove(member);
            }
            else
            {
                body[member] = value.DeepClone();
            }
        }

        body["config"] = Config.DeepClone();
    }

    private static JsonObject OutsideOf(JsonObject given)
    {
        var outside = new JsonObject();
        foreach (var member in new[] { "metadata", "namespace" })
        {
            if (given.ContainsKey(member))
            {
                outside[member] = given.Copy(member);
            }
        }

        return outside;
    }
}
