using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Records;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Jobs.Plans;

/// <summary>Which field of a sheet goes into which field of another, and how sure that is.</summary>
internal static class MappingPlan
{
    /// <summary>What a sheet without <c>mappingConfidenceThreshold</c> asks for.</summary>
    private const double DefaultThreshold = 0.7;

    private const int PreviewRows = 3;
    private const int MostEnumValues = 1_000;

    /// <summary>Builds a plan: the surest pairs first, each field once.</summary>
    public static JsonObject Build(SpaceRead read, SheetOfCall source, SheetOfCall destination)
    {
        var threshold = (destination.Sheet.Config["mappingConfidenceThreshold"] as JsonValue)?.TryGetValue<double>(out var given) == true ? given : DefaultThreshold;
        var sources = Fields(source);
        var destinations = Fields(destination).Where(field => !field.Flag("readonly")).ToList();
        var pairs = destinations
            .SelectMany(to => sources.Select(from => (From: from, To: to, Match: NameMatch.Of(Names(from), Names(to), Alternatives(to)))))
            .Where(pair => pair.Match is { } match && match.Confidence >= threshold)
            .OrderByDescending(pair => pair.Match!.Value.Confidence);
        var edges = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (from, to, match) in pairs)
        {
            if (!edges.ContainsKey(to.Text("key")!) && taken.Add(from.Text("key")!))
            {
                edges.Add(to.Text("key")!, Edge(read, source, from, to, match!.Value));
            }
        }

        var mapping = new JsonArray([.. destinations.Where(to => edges.ContainsKey(to.Text("key")!)).Select(to => (JsonNode)edges[to.Text("key")!])]);
        return new JsonObject
        {
            ["fieldMapping"] = mapping,
            ["unmappedSourceFields"] = UnmappedSources(read, source, mapping),
            ["unmappedDestinationFields"] = UnmappedDestinations(destination, mapping),
        };
    }

    /// <summary>Source fields no edge starts from.</summary>
    public static JsonArray UnmappedSources(SpaceRead read, SheetOfCall source, JsonArray edges) => new([.. Fields(source)
        .Where(field => !edges.Any(edge => Key(edge, "sourceField") == field.Text("key")))
        .Select(field => (JsonNode)new JsonObject { ["sourceField"] = field.DeepClone(), ["preview"] = Preview(read, source, field) })]);

    /// <summary>Destination fields no edge leads to.</summary>
    public static JsonArray UnmappedDestinations(SheetOfCall destination, JsonArray edges) => new([.. Fields(destination)
        .Where(field => !edges.Any(edge => Key(edge, "destinationField") == field.Text("key")))
        .Select(field => (JsonNode)new JsonObject { ["destinationField"] = field.DeepClone() })]);

    /// <summary>The fields of a sheet, as they were configured.</summary>
    public static List<JsonObject> Fields(SheetOfCall sheet) => [.. (sheet.Sheet.Config["fields"] as JsonArray ?? []).OfType<JsonObject>()];

    /// <summary>The key of the field an edge names at one end.</summary>
    public static string? Key(JsonNode? edge, string end) => ((edge as JsonObject)?[end] as JsonObject)?.Text("key");

    private static JsonObject Edge(SpaceRead read, SheetOfCall source, JsonObject from, JsonObject to, NameMatch match)
    {
        var edge = new JsonObject
        {
            ["sourceField"] = from.DeepClone(),
            ["destinationField"] = to.DeepClone(),
            ["preview"] = Preview(read, source, from),
            ["metadata"] = new JsonObject { ["certainty"] = match.Certainty, ["confidence"] = match.Confidence, ["source"] = match.Source },
        };
        if (to.Text("type") is "enum" or "enum-list")
        {
            edge["enumDetails"] = EnumMatch.Of(Values(read, source, from, MostEnumValues, distinct: true), to);
        }

        return edge;
    }

    private static JsonArray Preview(SpaceRead read, SheetOfCall source, JsonObject field) =>
        new([.. Values(read, source, field, PreviewRows, distinct: false).Select(value => (JsonNode)value)]);

    /// <summary>Some values of a field, as text.</summary>
    private static List<string> Values(SpaceRead read, SheetOfCall source, JsonObject field, int most, bool distinct)
    {
        if (source.Schema.Find(field.Text("key")!) is not { } column)
        {
            return [];
        }

        var name = RecordSql.Column(column.Column);
        using var select = new Statement(read.Connection, string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT {(distinct ? "DISTINCT " : "")}{name} FROM {source.Schema.Table} WHERE {name} IS NOT NULL LIMIT {most}"));
        var values = new List<string>();
        while (select.Step())
        {
            var cell = select.Cell(0);
            values.Add(cell.Kind == CellKind.Integer ? cell.Integer.ToString(CultureInfo.InvariantCulture) : Encoding.UTF8.GetString(cell.Bytes));
        }

        return values;
    }

    private static List<string> Names(JsonObject field) => [.. new[] { field.Text("key"), field.Text("label") }.OfType<string>()];

    private static List<string> Alternatives(JsonObject field) =>
        [.. (field["alternativeNames"] as JsonArray ?? []).OfType<JsonValue>().Select(name => name.TryGetValue<string>(out var text) ? text : null).OfType<string>()];
}
