using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Events;

/// <summary><c>/events</c>: the central log as clients see it.</summary>
internal sealed class EventEndpoints(CentralStore central, EventRelay relay) : IEndpoints
{
    private const int DefaultPageSize = 10;

    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("events.list", ListAsync);
        routes.Map("events.create", CreateAsync);
        routes.Map("events.get", GetAsync);
        routes.Map("events.ack", AcknowledgeAsync);
    }

    /// <summary>Waits until everything committed before is in the log, so that a client sees what it caused.</summary>
    private async Task<Answer> ListAsync(ApiCall call)
    {
        call.SameEnvironment(call.Query("environmentId"));
        var query = await EventQuery.ReadAsync(call, DefaultPageSize).ConfigureAwait(false);
        await relay.DrainAsync(call.Cancelled).ConfigureAwait(false);
        return await query.AnswerAsync(central, call.Cancelled).ConfigureAwait(false);
    }

    /// <summary>An event of a space is committed in the space, so that it keeps its place among the others.</summary>
    private async Task<Answer> CreateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        var config = ApiCall.Typed(given, FlatfileJson.Default.EventConfig);
        var faults = new List<ApiFault>();
        foreach (var (member, value) in new[] { ("topic", config.Topic), ("domain", config.Domain) })
        {
            if (string.IsNullOrWhiteSpace(value) || value.Length > 200)
            {
                faults.Add(new ApiFault(member, $"An event needs a '{member}' of at most 200 characters."));
            }
        }

        if (config.Context is null || config.Payload is null)
        {
            faults.Add(new ApiFault(config.Context is null ? "context" : "payload", "An event needs the objects 'context' and 'payload'."));
        }

        if (EventReferences.Fault(given) is { } fault)
        {
            faults.Add(fault);
        }

        if (faults.Count > 0)
        {
            throw new ApiRefusal(400, faults);
        }

        call.SameEnvironment(config.Context!.Text("environmentId"));
        var news = new NewEvent(config.Topic, config.Domain)
        {
            Context = config.Context!,
            Payload = config.Payload!,
            Target = given.Text("target"),
            DataUrl = given.Text("dataUrl"),
        };
        if (config.Context!.Text("spaceId") is not { Length: > 0 } spaceId)
        {
            call.WholeEnvironment();
            return await call.WriteCentralAsync(change => Answer.Data(change.Emit(news))).ConfigureAwait(false);
        }

        var space = await call.SpaceAsync(spaceId).ConfigureAwait(false);
        if (!call.Caller.SeesEnvironment)
        {
            EventReferences.Stay(given, space.Number);
        }

        return await call.WriteAsync(space, write =>
        {
            var id = write.Emit(news);
            EventId.TryParse(id, out _, out var sequence);
            return Answer.Data(Wire.Parse((byte[])write.Connection.Scalar("SELECT body FROM outbox WHERE sequence = $sequence", ("$sequence", sequence))!));
        }).ConfigureAwait(false);
    }

    private async Task<Answer> GetAsync(ApiCall call)
    {
        var id = call.Route("eventId");
        await EventQuery.EnterAsync(call, id).ConfigureAwait(false);
        await relay.DrainAsync(call.Cancelled).ConfigureAwait(false);
        return Answer.Data(Wire.Parse(await central.ReadAsync(connection => EventQuery.Find(connection, call, id).Body, call.Cancelled).ConfigureAwait(false)));
    }

    /// <summary>The first acknowledgement counts; another one changes nothing.</summary>
    private async Task<Answer> AcknowledgeAsync(ApiCall call)
    {
        await call.ReadBytesAsync().ConfigureAwait(false);
        var id = call.Route("eventId");
        await EventQuery.EnterAsync(call, id).ConfigureAwait(false);
        await relay.DrainAsync(call.Cancelled).ConfigureAwait(false);
        return await call.WriteCentralAsync(change =>
        {
            var (position, text) = EventQuery.Find(change.Connection, call, id);
            JsonObject body = Wire.Parse(text);
            if (body.Text("acknowledgedAt") is null)
            {
                body["acknowledgedAt"] = change.NowText;
                body["acknowledgedBy"] = change.ActorId;
                change.Connection.Execute(
                    "UPDATE events SET acknowledged_at = $at, body = $body WHERE position = $position",
                    ("$at", change.NowText), ("$body", System.Text.Encoding.UTF8.GetBytes(Wire.Text(body))), ("$position", position));
            }

            return Answer.Success;
        }).ConfigureAwait(false);
    }
}
