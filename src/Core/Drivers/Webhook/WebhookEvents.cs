using System.Runtime.InteropServices;
using System.Text.Json;
using Flatfile.Agent.Core.Store;

namespace Flatfile.Agent.Core.Drivers.Webhook;

/// <summary>Reads the events of a body: one event, a list of events, or either below <c>data</c>. What is none becomes a dead letter: its sender cannot mend it.</summary>
internal sealed class WebhookEvents(int maxEvents, string? traceParent, TimeProvider time)
{
    private const int MaxDepth = 64;

    /// <summary>The stores index these; a longer one is no event of Flatfile's.</summary>
    private const int LongestName = 500;

    private static readonly JsonDocumentOptions Json = new() { MaxDepth = MaxDepth };

    private readonly List<QueuedEvent> _events = [];
    private readonly List<DeadLetter> _letters = [];

    public QueueEntry Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Json);
            ReadRoot(document.RootElement, body);
        }
        catch (JsonException fault)
        {
            _events.Clear();
            _letters.Clear();
            GiveUp("The posted body is not JSON, or nested too deeply: " + fault.Message, body.ToArray());
        }

        return new QueueEntry(_events) { DeadLetters = _letters };
    }

    private void ReadRoot(JsonElement root, ReadOnlyMemory<byte> body)
    {
        var content = root.ValueKind == JsonValueKind.Object && !root.TryGetProperty("topic", out _) && root.TryGetProperty("data", out var data) ? data : root;
        if (content.ValueKind == JsonValueKind.Array && content.GetArrayLength() > maxEvents)
        {
            GiveUp($"The posted body holds {content.GetArrayLength()} events; at most {maxEvents} are taken at once (Agent:Webhook:MaxEvents).", body.ToArray());
            return;
        }

        if (content.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in content.EnumerateArray())
            {
                Take(item);
            }
        }
        else
        {
            Take(content);
        }
    }

    private void Take(JsonElement item)
    {
        var body = JsonMarshal.GetRawUtf8Value(item).ToArray();
        try
        {
            var @event = FlatfileEvent.FromJson(item);
            if ((Fault("id", @event.Id) ?? Fault("topic", @event.Topic) ?? Fault("context", @event.OrderingKey)) is { } fault)
            {
                GiveUp(fault, body);
                return;
            }

            _events.Add(QueuedEvent.Of(@event, body, traceParent));
        }
        catch (UnreadableEventException fault)
        {
            GiveUp(fault.Message, body);
        }
    }

    private static string? Fault(string name, string value) =>
        value.Length > LongestName ? $"The event's '{name}' is longer than {LongestName} characters."
        : value.Contains('\0', StringComparison.Ordinal) ? $"The event's '{name}' holds a null character."
        : null;

    private void GiveUp(string reason, byte[] body) => _letters.Add(new DeadLetter(0, null, null, null, reason, null, 1, body, time.GetUtcNow()));
}
