using System.Globalization;
using System.Text;
using Flatfile.Spaces.Auth;
using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Events;

/// <summary><c>/events/stream</c>: the log as server-sent events. An event's id is its position, so a reader that comes back misses nothing.</summary>
internal sealed class EventStreamEndpoints(EventLog log, EventReader reader, EventRelay relay, EventFollowing following, Gatekeeper gatekeeper, SpacesOptions options, TimeProvider time) : IEndpoints
{
    private static readonly byte[] Data = "\ndata: "u8.ToArray();
    private static readonly byte[] End = "\n\n"u8.ToArray();

    /// <inheritdoc />
    public void Map(ApiRoutes routes) => routes.Map("events.stream", StreamAsync);

    /// <summary>From the place named, or from now on.</summary>
    private async Task<Answer> StreamAsync(ApiCall call)
    {
        var channel = await EventChannel.OfAsync(call).ConfigureAwait(false);
        await relay.DrainAsync(call.Cancelled).ConfigureAwait(false);
        var header = call.Http.Request.Headers["Last-Event-ID"].ToString();
        var start = (header.Length > 0 ? header : call.Query("lastEventId")) is { } id ? Place(id) : log.Position;
        var open = following.Open(call.Caller.ActorId, call.Caller.SeesEnvironment)
            ?? throw new ApiRefusal(429, new ApiFault(null, "Too many streams of events are open for this caller. Close some, or follow several things with one.")) { RetryAfter = 10 };
        return Answer.Streamed(
            "text/event-stream; charset=utf-8",
            async (stream, cancelled) =>
            {
                using (open)
                {
                    await SendAsync(call, channel, start, stream, cancelled).ConfigureAwait(false);
                }
            },
            headers: ("X-Accel-Buffering", "no"));
    }

    /// <summary>The position an id names: 400 when this server never gave it, 410 when events after it are gone.</summary>
    private long Place(string id)
    {
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var position) || position > log.Position)
        {
            throw ApiRefusal.Bad("Last-Event-ID", "This server never gave this id. Send the id of an event of this stream as it came, 0 for all there are, or none for those to come.");
        }

        return position == 0 ? log.Floor
            : position >= log.Floor ? position
            : throw new ApiRefusal(410, new ApiFault("Last-Event-ID", "Events after this one were removed because of their age. Read the present state of what you follow, then begin without an id."));
    }

    private async Task SendAsync(ApiCall call, EventChannel channel, long start, Stream stream, CancellationToken cancelled)
    {
        // Who sees single spaces may lose them: such a stream ends after a while, and its reader comes back and is looked at anew.
        var life = call.Caller.SeesEnvironment ? TimeSpan.MaxValue : options.LongPoll;
        var began = time.GetTimestamp();

        // The reader learns its place before the first event: a connection that breaks now loses nothing either.
        var position = start;
        await WriteAsync(stream, $"retry: 1000\nid: {position}\n\n", cancelled).ConfigureAwait(false);
        while (!reader.IsStopping && position >= log.Floor && time.GetElapsedTime(began) < life)
        {
            var window = await reader.NextAsync(channel, position, options.EventHeartbeat, cancelled).ConfigureAwait(false);
            if (!await MayAsync(call, channel).ConfigureAwait(false))
            {
                // What came while waiting is not for who lost its right meanwhile.
                return;
            }

            foreach (var one in window.Events)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {one.Position}")), cancelled).ConfigureAwait(false);
                await stream.WriteAsync(Data, cancelled).ConfigureAwait(false);
                await stream.WriteAsync(one.Body, cancelled).ConfigureAwait(false);
                await stream.WriteAsync(End, cancelled).ConfigureAwait(false);
            }

            position = window.Scanned;
            if (window.Events.Count == 0 && !reader.IsStopping)
            {
                await WriteAsync(stream, $": still here\nid: {position}\n\n", cancelled).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether the caller is still who it was, and sees what it saw when the stream began.</summary>
    private async Task<bool> MayAsync(ApiCall call, EventChannel channel)
    {
        if (await gatekeeper.RecogniseAsync(call.Http.Request).ConfigureAwait(false) is not { } now || now.Kind != call.Caller.Kind)
        {
            return false;
        }

        if (now.SeesEnvironment)
        {
            return true;
        }

        try
        {
            var own = await EventChannel.OfAsync(call.Again(now), call.Query("spaceId")).ConfigureAwait(false);
            return channel.Own is null || channel.Own.All(own.Own!.Contains);
        }
        catch (ApiRefusal)
        {
            return false;
        }
    }

    private static async Task WriteAsync(Stream stream, string text, CancellationToken cancelled)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancelled).ConfigureAwait(false);
        await stream.FlushAsync(cancelled).ConfigureAwait(false);
    }
}
