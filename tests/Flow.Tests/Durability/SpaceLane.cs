using System.Text.Json.Nodes;

namespace Flow.Tests.Durability;

/// <summary>Creates a few spaces, each with its workbook, and changes the last one.</summary>
internal sealed class SpaceLane(Random random) : Lane(random)
{
    private readonly Dictionary<string, string> _names = [];
    private int _next;
    private int _left;

    /// <summary>How many are made before the next kill.</summary>
    public void Refill() => _left = Random.Next(1, 4);

    public override async Task CheckAsync(LoadClient client)
    {
        var spaces = (await client.GetAsync("spaces?pageSize=1000")).AsArray()
            .Where(space => ((string)space!["name"]!).StartsWith("made ", StringComparison.Ordinal)).ToDictionary(space => (string)space!["id"]!, space => (string)space!["name"]!);
        Assert.Equal(_names.OrderBy(space => space.Key, StringComparer.Ordinal), spaces.OrderBy(space => space.Key, StringComparer.Ordinal));
    }

    protected override (Call Call, Action<JsonNode> Acknowledged)? Next()
    {
        if (_names.Count > 0 && Random.Next(2) == 0)
        {
            var (id, name) = (_names.Keys.Last(), $"made {_next++}");
            return (new Call("PATCH", "spaces/" + id, $$"""{"name":"{{name}}"}"""), _ => _names[id] = name);
        }

        if (_left-- <= 0)
        {
            return null;
        }

        var made = $"made {_next++}";
        var body = $$"""{"name":"{{made}}","workbook":{"name":"W","sheets":[{"name":"S","slug":"s","fields":[{"key":"a","type":"string"}]}]} }""";
        return (new Call("POST", "spaces", body), answer => _names.Add((string)answer["data"]!["id"]!, made));
    }
}
