using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch.Resending;
using Flatfile.Agent.Core.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Flatfile.Agent.Host.Operating;

/// <summary>Single events: what the agent did with one, and one sent through it again.</summary>
internal sealed class EventEndpoints(EventResend resend, IDeadLetters letters) : IOperatorEndpoints
{
    private const int LettersLookedAt = 1000;

    public void Map(IEndpointRouteBuilder group)
    {
        group.MapPost("/events/look", LookAsync);
        group.MapPost("/events/resend", ResendAsync);
    }

    private async Task LookAsync(HttpContext http)
    {
        OperatorCall.Know(http);
        using var order = await ReadAsync(http);
        var @event = Event(order.RootElement, out _);
        var states = await resend.LookAsync(@event, http.RequestAborted);
        var filter = new DeadLetterFilter { Space = @event.Context.SpaceId, Topic = @event.Topic };
        var page = await letters.FindAsync(filter, LettersLookedAt, null, http.RequestAborted);
        await AnswerAsync(http, new JsonObject
        {
            ["handlers"] = new JsonArray([.. states.Select(s => new JsonObject
            {
                ["handler"] = s.HandlerId,
                ["kind"] = s.Kind is { } kind ? kind == HandlerKind.Job ? "job" : "event" : null,
                ["matches"] = s.Matches,
                ["done"] = s.Done,
                ["deaths"] = s.Deaths,
                ["deadLetter"] = page.Letters.FirstOrDefault(l => l.EventId == @event.Id && l.HandlerId == s.HandlerId)?.Id,
            })]),
        });
    }

    private async Task ResendAsync(HttpContext http)
    {
        OperatorCall.Know(http);
        using var order = await ReadAsync(http);
        var @event = Event(order.RootElement, out var body);
        var dryRun = Flag(order.RootElement, "dryRun");
        try
        {
            var handler = order.RootElement.TryGetProperty("handler", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
            var report = await resend.SendAsync(body, handler, Flag(order.RootElement, "again"), dryRun, http.RequestAborted);
            await AnswerAsync(http, new JsonObject
            {
                ["eventId"] = @event.Id,
                ["dryRun"] = dryRun,
                ["handlers"] = new JsonArray([.. report.Select(r => new JsonObject { ["handler"] = r.HandlerId, ["runs"] = r.Runs, ["why"] = r.Why })]),
            });
        }
        catch (ResendRefusedException fault)
        {
            throw new OperatorFault(409, fault.Message, "", "", fault);
        }
    }

    private static bool Flag(JsonElement order, string name) => order.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static FlatfileEvent Event(JsonElement order, out byte[] body)
    {
        try
        {
            body = order.TryGetProperty("event", out var given) ? Encoding.UTF8.GetBytes(given.GetRawText()) : [];
            return FlatfileEvent.Parse(body);
        }
        catch (UnreadableEventException fault)
        {
            throw new OperatorFault(400, "The member 'event' is no event.", fault.Message, "Send the event as Flatfile does.", fault);
        }
    }

    private static async Task<JsonDocument> ReadAsync(HttpContext http)
    {
        try
        {
            var order = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            return order.RootElement.ValueKind == JsonValueKind.Object
                ? order
                : throw OperatorFault.BadRequest("The body is no JSON object.", "It says what is to be done.", "Send an object with the member 'event'.");
        }
        catch (JsonException fault)
        {
            throw OperatorFault.BadRequest("The body cannot be read.", fault.Message, "Send an object with the member 'event'.");
        }
    }

    private static Task AnswerAsync(HttpContext http, JsonObject answer)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.WriteAsync(answer.ToJsonString(), http.RequestAborted);
    }
}
