using System.Text.Json.Nodes;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Flatfile.Spaces.Records;

/// <summary>
/// <c>for=</c>: the rows an event is about. They are those its <c>dataUrl</c> names; without one, those its payload selects, else those of the
/// commit in its context. The call's own parameters say what is shown of them, and which page where the event says none.
/// </summary>
internal sealed class EventSelection(CentralStore central, EventRelay relay)
{
    private static readonly string[] Members =
        ["filter", "filterField", "searchValue", "searchField", "q", "ids", "commitId", "versionId", "sinceCommitId", "sinceVersionId", "sortField", "sortDirection"];

    /// <summary>Puts the selection of the event a call names in place of the call's own; without one nothing changes.</summary>
    public async Task ApplyAsync(ApiCall call, SpaceFolder space, ResourceId sheet)
    {
        if ((call.Query("for") ?? call.Query("forEvent")) is not { } id)
        {
            return;
        }

        if (!EventId.TryParse(id, out var owner, out _) || owner != space.Number)
        {
            throw ApiRefusal.NotFound("event of this space", id);
        }

        await relay.DrainAsync(call.Cancelled).ConfigureAwait(false);
        var body = Wire.Parse(await central.ReadAsync(connection => EventQuery.Find(connection, call, id).Body, call.Cancelled).ConfigureAwait(false));
        if ((body["context"] as JsonObject)?.Text("sheetId") is { } other && other != sheet.ToString())
        {
            throw ApiRefusal.Bad("for", $"The event {id} is about sheet {other}, not about {sheet}.");
        }

        var query = call.Http.Request.Query.Where(parameter => !Members.Contains(parameter.Key)).ToDictionary(parameter => parameter.Key, parameter => parameter.Value);
        foreach (var (name, value) in Parameters(body))
        {
            query[name] = value;
        }

        call.Http.Request.Query = new QueryCollection(query);
    }

    private static Dictionary<string, StringValues> Parameters(JsonObject body)
    {
        if (body.Text("dataUrl") is { } url && url.IndexOf('?', StringComparison.Ordinal) is > 0 and var start)
        {
            return QueryHelpers.ParseQuery(url[start..]);
        }

        var found = new Dictionary<string, StringValues>();
        foreach (var source in new[] { body["payload"], body["context"] }.OfType<JsonObject>())
        {
            foreach (var member in Members.Where(member => !found.ContainsKey(member)))
            {
                if (source.Text(member) is { Length: > 0 } text)
                {
                    found[member] = text;
                }
                else if (source[member] is JsonArray list)
                {
                    found[member] = list.OfType<JsonValue>().Select(item => item.ToString()).ToArray();
                }
            }
        }

        return found;
    }
}
