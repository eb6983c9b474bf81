using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Sheets;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Records;

/// <summary>Fields that rows bring with them, in sheets that allow it: each becomes a text field at the end of the sheet.</summary>
internal static class AdditionalFields
{
    private const int LongestKey = 256;

    /// <summary>Whether a sheet takes fields with its rows; in others they are passed over.</summary>
    public static bool AreAllowed(SheetSchema schema) => schema.Definition.Config.AllowAdditionalFields == true;

    /// <summary>Adds what a body of rows brings; the sheet as it is then.</summary>
    public static SheetOfCall Add(SpaceWrite write, SheetOfCall sheet, ReadOnlySpan<byte> rows) =>
        AreAllowed(sheet.Schema) && Unknown(sheet.Schema, rows) is { Count: > 0 } keys ? Add(write, sheet, keys) : sheet;

    /// <summary>Adds fields; the sheet as it is then. Too many are refused as in any sheet.</summary>
    public static SheetOfCall Add(SpaceWrite write, SheetOfCall sheet, IEnumerable<string> keys)
    {
        var workbook = SheetStore.WorkbookOf(write, sheet.Sheet);
        var before = SheetStore.Of(write, workbook.Number);
        var plans = before.Select(SheetPlan.Keep).ToList();
        var fields = (JsonArray)plans.Single(plan => plan.Id == sheet.Sheet.Id).Config["fields"]!;
        foreach (var key in keys.Distinct(StringComparer.Ordinal))
        {
            if (key.Length is 0 or > LongestKey)
            {
                throw new RecordBodyException($"A field the rows bring has a key of {key.Length:N0} characters; 1 to {LongestKey} are taken.");
            }

            fields.Add(new JsonObject { ["key"] = key, ["label"] = key, ["type"] = PropertyType.String });
        }

        SheetStore.Replace(write, workbook, before, plans);
        return SheetOfCall.Find(write, sheet.Sheet.Id);
    }

    private static List<string> Unknown(SheetSchema schema, ReadOnlySpan<byte> rows)
    {
        var keys = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(rows);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                var expected = 0;
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var field = schema.Find(ref reader, expected);
                    expected = field is null ? expected : field.Position + 1;
                    if (field is null && reader.GetString() is { } key && known.Add(key))
                    {
                        keys.Add(key);
                    }

                    reader.Read();
                    reader.Skip();
                }
            }
        }
        catch (JsonException)
        {
            // What is wrong with the body is told by who reads its rows.
            return [];
        }

        return keys;
    }
}
