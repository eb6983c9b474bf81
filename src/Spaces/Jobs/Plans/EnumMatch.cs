using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Jobs.Plans;

/// <summary>Which option a source's values stand for: the member <c>enumDetails</c> of an edge.</summary>
internal static class EnumMatch
{
    /// <summary>Pairs values with options by value, label and alternative names; what pairs with nothing is listed.</summary>
    public static JsonObject Of(IEnumerable<string> values, JsonObject destination)
    {
        var options = ((destination["config"] as JsonObject)?["options"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var mapping = new JsonArray();
        var unused = new JsonArray();
        var used = new HashSet<JsonObject>();
        foreach (var value in values)
        {
            var source = new JsonObject { ["value"] = value, ["label"] = value };
            var found = options
                .Select(option => (Option: option, Match: NameMatch.Of([value], Names(option), Alternatives(option))))
                .Where(pair => pair.Match is { Confidence: >= 0.9 })
                .OrderByDescending(pair => pair.Match!.Value.Confidence)
                .Select(pair => pair.Option)
                .FirstOrDefault();
            if (found is null)
            {
                unused.Add(source);
                continue;
            }

            used.Add(found);
            mapping.Add(new JsonObject { ["sourceValue"] = source, ["destinationValue"] = Value(found) });
        }

        return new JsonObject
        {
            ["mapping"] = mapping,
            ["unusedSourceValues"] = unused,
            ["unusedDestinationValues"] = new JsonArray([.. options.Where(option => !used.Contains(option)).Select(Value)]),
        };
    }

    /// <summary>An option without a value is its label.</summary>
    private static JsonNode Value(JsonObject option) => new JsonObject { ["value"] = option.Copy("value") ?? option.Text("label"), ["label"] = option.Text("label") ?? TextOf(option["value"]) };

    private static List<string> Names(JsonObject option) => [.. new[] { TextOf(option["value"]), option.Text("label") }.OfType<string>()];

    private static List<string> Alternatives(JsonObject option) =>
        [.. (option["alternativeNames"] as JsonArray ?? []).OfType<JsonValue>().Select(TextOf).OfType<string>()];

    private static string? TextOf(JsonNode? value) => value is JsonValue text && text.TryGetValue<string>(out var result) ? result : value?.ToJsonString();
}
