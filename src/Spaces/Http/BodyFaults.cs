using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Flatfile.Spaces.Http;

/// <summary>Looks through a body that does not fit its type and names every member that is missing or of another form, in the words of the API.</summary>
internal static class BodyFaults
{
    private const int Most = 100;

    /// <summary>The faults of a body, or of a part of one that stands at a place; empty when it fits.</summary>
    public static List<ApiFault> Of(JsonNode body, JsonTypeInfo type, string place = "")
    {
        var faults = new List<ApiFault>();
        Look(body, type, place, faults);
        return [.. faults.Take(Most)];
    }

    private static void Look(JsonNode node, JsonTypeInfo type, string place, List<ApiFault> faults)
    {
        switch (type.Kind, node)
        {
            case (JsonTypeInfoKind.Object, JsonObject members) when type.PolymorphismOptions is null:
                Members(members, type, place, faults);
                break;
            case (JsonTypeInfoKind.Dictionary, JsonObject members) when type.ElementType is { } element:
                foreach (var (name, value) in members)
                {
                    Value(value, type.Options.GetTypeInfo(element), Below(place, name), faults);
                }

                break;
            case (JsonTypeInfoKind.Enumerable, JsonArray list) when type.ElementType is { } element:
                for (var i = 0; i < list.Count; i++)
                {
                    Value(list[i], type.Options.GetTypeInfo(element), $"{place}[{i}]", faults);
                }

                break;
            default:
                Value(node, type, place, faults, isLeaf: true);
                break;
        }
    }

    private static void Members(JsonObject given, JsonTypeInfo type, string place, List<ApiFault> faults)
    {
        foreach (var member in type.Properties.Where(member => member.IsRequired && !given.ContainsKey(member.Name)))
        {
            var missing = Below(place, member.Name);
            faults.Add(new ApiFault(missing, $"'{missing}' is missing: it is {Phrase(type.Options.GetTypeInfo(member.PropertyType))}."));
        }

        foreach (var (name, value) in given)
        {
            if (type.Properties.FirstOrDefault(member => member.Name == name) is { CustomConverter: null, IsExtensionData: false } member)
            {
                Value(value, type.Options.GetTypeInfo(member.PropertyType), Below(place, name), faults);
            }
        }
    }

    private static void Value(JsonNode? value, JsonTypeInfo type, string place, List<ApiFault> faults, bool isLeaf = false)
    {
        if (value is null)
        {
            // What null means is decided where the members are merged.
            return;
        }

        if (!isLeaf && type.Kind != JsonTypeInfoKind.None)
        {
            Look(value, type, place, faults);
            return;
        }

        try
        {
            value.Deserialize(type);
        }
        catch (JsonException)
        {
            faults.Add(new ApiFault(place, $"'{place}' must be {Phrase(type)}."));
        }
    }

    private static string Below(string place, string name) => place.Length == 0 ? name : $"{place}.{name}";

    private static string Phrase(JsonTypeInfo type)
    {
        var form = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        return type.Kind switch
        {
            JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "an object",
            JsonTypeInfoKind.Enumerable => "a list",
            _ when form == typeof(JsonObject) => "an object",
            _ when form == typeof(JsonArray) => "a list",
            _ when form == typeof(string) => "a text",
            _ when form == typeof(bool) => "true or false",
            _ when form == typeof(DateTimeOffset) => "a time such as 2024-05-01T10:00:00.000Z",
            _ when form == typeof(int) || form == typeof(long) => "a whole number",
            _ when form == typeof(double) || form == typeof(decimal) => "a number",
            _ => "of the form this call takes",
        };
    }
}
