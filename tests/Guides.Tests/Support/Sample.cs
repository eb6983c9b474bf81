using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Guides.Tests.Support;

/// <summary>Holds an event against a sample of the guide: every member of the sample is there, ids are ids of that kind, the rest is equal.</summary>
internal static partial class Sample
{
    public static void Matches(string sample, JsonNode? actual) => Compare(JsonNode.Parse(sample), actual, "$");

    private static void Compare(JsonNode? expected, JsonNode? actual, string path)
    {
        switch (expected)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    Assert.True(actual is JsonObject there && there.ContainsKey(name), $"{path}.{name} is missing in {actual?.ToJsonString()}");
                    Compare(value, actual![name], $"{path}.{name}");
                }

                break;
            case JsonValue value when value.TryGetValue<string>(out var text) && Id().Match(text) is { Success: true } id:
                // Who acts may be a user, a key, an agent: the kind of actor is the deployment's.
                var kind = path.EndsWith(".actorId", StringComparison.Ordinal) ? "us_" : id.Groups[1].Value;
                Assert.True(((string?)actual)?.StartsWith(kind, StringComparison.Ordinal), $"{path} is {actual?.ToJsonString()}, not an id like {text}");
                break;
            default:
                Assert.True(JsonNode.DeepEquals(expected, actual), $"{path} is {actual?.ToJsonString() ?? "null"}, not {expected?.ToJsonString() ?? "null"}");
                break;
        }
    }

    [GeneratedRegex("^(us_[a-z]+_)")]
    private static partial Regex Id();
}
