using System.Globalization;
using System.Text.Json;
using Flatfile.Spaces.Auth;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;

namespace Flatfile.Spaces.Events;

/// <summary>As much of PubNub's dialect as the official driver speaks: subscribe by long poll, presence that nobody keeps, and the time.</summary>
/// <remarks>
/// The driver's client stops for ever on any status but 403, and begins anew after a broken connection. So what cannot be answered
/// now breaks the connection.
/// </remarks>
internal sealed class PubNubEndpoints(
    EventLog log, EventReader reader, EventRelay relay, EventFollowing following, SignedToken tokens, Storage.SpaceRegistry registry, SpacesOptions options, TimeProvider time) : IEndpoints
{
    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("events.subscribe", SubscribeAsync);
        routes.Map("events.heartbeat", call => Task.FromResult(Presence(call)));
        routes.Map("events.leave", call => Task.FromResult(Presence(call)));
        routes.Map("events.time", _ => Task.FromResult(Answer.Json(writer =>
        {
            // In steps of 100 ns, as PubNub counts.
            writer.WriteStartArray();
            writer.WriteNumberValue((time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks);
            writer.WriteEndArray();
        })));
    }

    private async Task<Answer> SubscribeAsync(ApiCall call)
    {
        if (Allowed(call) is not { } allowed || await following.StillAsync(allowed.ActorId, allowed.Channel.EnvironmentId, allowed.Channel.Space, call.Cancelled).ConfigureAwait(false) is not { } caller)
        {
            return Denied(call);
        }

        try
        {
            using var open = following.Open(caller.ActorId, caller.SeesEnvironment) ?? throw new ApiRefusal(429, new ApiFault(null, "Too many subscriptions."));
            var answer = await PollAsync(call, allowed.Channel with { IsGuests = caller.Kind == PrincipalKind.Guest }).ConfigureAwait(false);

            // What came while waiting is not for who lost its right meanwhile.
            return await following.StillAsync(caller.ActorId, allowed.Channel.EnvironmentId, allowed.Channel.Space, call.Cancelled).ConfigureAwait(false) is null ? Denied(call) : answer;
        }
        catch (Exception fault) when (fault is ApiRefusal or Microsoft.Data.Sqlite.SqliteException)
        {
            call.Http.Abort();
            throw;
        }
    }

    /// <summary>
    /// Without a time the place is told at once; with one the call is held until there are events. A place nobody gave, as after the data
    /// folder was replaced, is the present; one whose events are gone begins with the oldest there are.
    /// </summary>
    private async Task<Answer> PollAsync(ApiCall call, EventChannel channel)
    {
        if (!long.TryParse(call.Query("tt"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) || given == 0)
        {
            await relay.DrainAsync(call.Cancelled).ConfigureAwait(false);
            return Envelope(channel, new EventWindow([], log.Position));
        }

        var place = given - 1 > log.Position ? log.Position : Math.Max(given - 1, log.Floor);
        if (await registry.FindAsync(channel.Space ?? 0, call.Cancelled).ConfigureAwait(false) is null && channel.Space is not null && place == log.Position)
        {
            // Everything was told of a space that is gone.
            return Denied(call);
        }

        return Envelope(channel, await reader.NextAsync(channel, place, options.LongPoll, call.Cancelled).ConfigureAwait(false));
    }

    private (EventChannel Channel, string ActorId)? Allowed(ApiCall call)
    {
        if (call.Route("subscribeKey") != SubscriptionEndpoints.SubscribeKey
            || tokens.Open(SubscriptionEndpoints.Kind, call.Query("auth"))?.Split('/') is not [var environment, var name, var actor]
            || name != call.Route("channel"))
        {
            return null;
        }

        return (ResourceId.TryParse(IdPrefix.Space, name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..], out var space)
            ? new EventChannel(environment, space.Space)
            : new EventChannel(environment, null), actor);
    }

    /// <summary>Places are told one higher than they are: 0 means none to the client.</summary>
    private static Answer Envelope(EventChannel channel, EventWindow window) => Answer.Json(writer =>
    {
        writer.WriteStartObject();
        WritePlace(writer, "t", window.Scanned);
        writer.WriteStartArray("m");
        foreach (var one in window.Events)
        {
            writer.WriteStartObject();
            writer.WriteString("a", "0");
            writer.WriteNumber("f", 0);
            writer.WriteString("i", "spaces");
            WritePlace(writer, "p", one.Position);
            writer.WriteString("k", SubscriptionEndpoints.SubscribeKey);
            writer.WriteString("c", channel.Name);
            writer.WritePropertyName("d");
            writer.WriteRawValue(one.Body.Span, skipInputValidation: true);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static void WritePlace(Utf8JsonWriter writer, string member, long position)
    {
        writer.WriteStartObject(member);
        writer.WriteString("t", (position + 1).ToString(CultureInfo.InvariantCulture));
        writer.WriteNumber("r", 1);
        writer.WriteEndObject();
    }

    /// <summary>Who is there is asked by nobody; the client wants an answer.</summary>
    private Answer Presence(ApiCall call) => Allowed(call) is null ? Denied(call) : Status(200, "Presence", "OK", null);

    private static Answer Denied(ApiCall call) =>
        Status(403, "Access Manager", "The token is missing, expired, or not for this channel. Ask for a new one at /v1/subscription.", call.Route("channel"));

    private static Answer Status(int status, string service, string message, string? channel) => Answer.Json(
        writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("status", status);
            writer.WriteString("service", service);
            if (channel is not null)
            {
                writer.WriteBoolean("error", true);
            }

            writer.WriteString("message", message);
            if (channel is not null)
            {
                writer.WriteStartObject("payload");
                writer.WriteStartArray("channels");
                writer.WriteStringValue(channel);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        },
        status);
}
