using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Records.Lines;

/// <summary>The messages of a line, <c>[{"x": field, "m": text}]</c>, given to the cells they are about.</summary>
internal static class LineMessages
{
    /// <summary>Messages of fields the sheet does not have are passed over; one without a level is an error.</summary>
    public static void Give(JsonNode? messages, SheetSchema schema, IRowCells row)
    {
        var known = (messages as JsonArray ?? []).OfType<JsonObject>()
            .Where(message => message.Text("m") is not null && message.Text("x") is { } key && schema.Find(key) is not null);
        foreach (var ofCell in known.GroupBy(message => message.Text("x")!))
        {
            row.Messages(schema.Find(ofCell.Key)!, new JsonArray([.. ofCell.Select(Message)]));
        }
    }

    private static JsonObject Message(JsonObject given) => new()
    {
        ["type"] = (given.Text("l") ?? given.Text("type")) is ValidationLevel.Warn or ValidationLevel.Info or ValidationLevel.Error
            ? given.Text("l") ?? given.Text("type")
            : ValidationLevel.Error,
        ["source"] = given.Text("s") ?? ValidationSource.CustomLogic,
        ["message"] = given.Text("m"),
    };
}
