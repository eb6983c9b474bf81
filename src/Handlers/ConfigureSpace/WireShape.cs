using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Flatfile.Agent.Handlers.ConfigureSpace;

/// <summary>Compares what is wanted with what the server answers, member by member of their wire form.</summary>
internal static class WireShape
{
    /// <summary>True when everything wanted is there and equal; the server may have more, such as ids and dates.</summary>
    public static bool Holds<TActual, TWanted>(TActual actual, JsonTypeInfo<TActual> actualType, TWanted wanted, JsonTypeInfo<TWanted> wantedType) =>
        Holds(JsonSerializer.SerializeToNode(actual, actualType), JsonSerializer.SerializeToNode(wanted, wantedType));

    /// <inheritdoc cref="Holds{TActual, TWanted}(TActual, JsonTypeInfo{TActual}, TWanted, JsonTypeInfo{TWanted})" />
    public static bool Holds(JsonNode? actual, JsonNode? wanted) => wanted switch
    {
        null => actual is null,
        JsonObject members => actual is JsonObject there && members.All(m => Holds(there[m.Key], m.Value)),
        JsonArray items => actual is JsonArray there && there.Count == items.Count && items.Zip(there).All(pair => Holds(pair.Second, pair.First)),
        _ => JsonNode.DeepEquals(actual, wanted),
    };
}
