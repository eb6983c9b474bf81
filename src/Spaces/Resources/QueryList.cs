using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Resources;

/// <summary>A list in the query that the official client sends as one JSON array; repeated values are taken too.</summary>
internal static class QueryList
{
    /// <summary>The texts; none when the parameter is absent, 400 when it is no list of texts.</summary>
    public static IReadOnlyList<string> Read(ApiCall call, string name)
    {
        var values = call.QueryAll(name);
        return values.Count == 1 && values[0].StartsWith('[') ? Parse(values[0], name) : values;
    }

    private static string[] Parse(string text, string name)
    {
        try
        {
            if (JsonNode.Parse(text, documentOptions: Wire.Reading) is JsonArray items
                && items.All(item => item?.GetValueKind() == JsonValueKind.String))
            {
                return [.. items.Select(item => (string)item!)];
            }
        }
        catch (JsonException)
        {
            // Told below, together with lists of other things.
        }

        throw ApiRefusal.Bad(name, $"'{name}' must be a JSON array of texts, such as [\"a\",\"b\"].");
    }
}
