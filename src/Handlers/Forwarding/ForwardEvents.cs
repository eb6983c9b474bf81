using System.Buffers;
using System.Text.Json;
using Flatfile.Agent.Handlers.Settings;
using Flatfile.Agent.Handlers.Webhooks;
using Microsoft.Extensions.Configuration;

namespace Flatfile.Agent.Handlers.Forwarding;

/// <summary>Forwards events of chosen topics to a webhook, signed, under the event's id.</summary>
/// <remarks>
/// At least once: what the receiver does not take is the event's failure, retried by its policy and kept as a dead letter in the end. Nothing is
/// bound when no topic is set.
/// </remarks>
internal sealed class ForwardEvents(IConfiguration settings, TimeProvider time) : IPlugin, IDisposable
{
    private const string Id = "flatfile/webhook-forwarder";

    private readonly Lock _gate = new();
    private WebhookSender? _sender;

    /// <inheritdoc />
    public void Configure(FlatfileListener listener)
    {
        var options = HandlerOptions.Read(settings.GetSection("Forward"), null, [], ForwardingJson.Default.ForwardingOptions);
        if (options.Topics.Count > 0)
        {
            listener.On(options.Topics, null, ForwardAsync, Id);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _sender?.Dispose();

    private Task ForwardAsync(EventContext context, CancellationToken cancellationToken) =>
        Sender().SendAsync(context.Event.Id, Body(context.Event), cancellationToken);

    /// <summary>The event as it came, but for what gives access: members that begin with an underscore carry the official listener's token and address.</summary>
    private static ReadOnlyMemory<byte> Body(FlatfileEvent @event)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        foreach (var member in @event.Source.EnumerateObject().Where(m => !m.Name.StartsWith('_')))
        {
            member.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Made at the first event, so that wrong settings fail the events, with their reason, and not the handlers beside this one.</summary>
    private WebhookSender Sender()
    {
        lock (_gate)
        {
            // An event is tried again by its own policy, so one sending makes fewer attempts than an egress does.
            return _sender ??= new WebhookSender(HandlerOptions.Read(settings.GetSection("Forward"), null, [], ForwardingJson.Default.WebhookOptions) is var options && options.MaxAttempts > 3
                ? options with { MaxAttempts = 3 }
                : options, time);
        }
    }
}
