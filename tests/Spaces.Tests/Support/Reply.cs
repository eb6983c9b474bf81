using System.Text.Json.Nodes;

namespace Flatfile.Spaces.Tests.Support;

/// <summary>An answer as a test looks at it.</summary>
internal sealed record Reply(int Status, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string Message => (string)Json["errors"]![0]!["message"]!;

    public IEnumerable<string?> Keys => Json["errors"]!.AsArray().Select(one => (string?)one!["key"]);
}
