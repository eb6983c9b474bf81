using System.Text.Json;

namespace Flatfile.Agent.Core.Dispatch.Rules;

/// <summary>A text of an event by which events are told apart: one of <see cref="LaneKey"/>, or a path into context or payload.</summary>
internal sealed class EventKey
{
    private static readonly string[] Names = [LaneKey.Space, LaneKey.Workbook, LaneKey.Sheet, LaneKey.File, LaneKey.None];

    private readonly string[] _path;

    private EventKey(string written, string[] path) => (Written, _path) = (written, path);

    /// <summary>The space, else the environment.</summary>
    public static EventKey Space { get; } = new(LaneKey.Space, []);

    public string Written { get; }

    public bool IsSpace => Written == LaneKey.Space;

    /// <summary>True when every event is one by itself.</summary>
    public bool IsNone => Written == LaneKey.None;

    /// <exception cref="FormatException">It is neither a name nor a path; the message says what may stand here.</exception>
    public static EventKey Parse(string written)
    {
        var name = Names.FirstOrDefault(n => string.Equals(n, written, StringComparison.OrdinalIgnoreCase));
        if (name is not null)
        {
            return name switch
            {
                LaneKey.Space => Space,
                LaneKey.Workbook => new EventKey(name, ["context", "workbookId"]),
                LaneKey.Sheet => new EventKey(name, ["context", "sheetId"]),
                LaneKey.File => new EventKey(name, ["context", "fileId"]),
                _ => new EventKey(name, []),
            };
        }

        var path = written.Split('.');
        return path.Length > 1 && path[0] is "context" or "payload" && path.All(p => p.Length > 0)
            ? new EventKey(written, path)
            : throw new FormatException(
                $"'{written}' is no key of events. Write {string.Join(", ", Names)}, or a path into the event such as payload.customerId or context.documentId.");
    }

    /// <summary>The key of an event. One that has none of this kind has the key of its space.</summary>
    public string Of(FlatfileEvent @event)
    {
        if (IsNone)
        {
            return @event.Id;
        }

        return _path.Length == 0 ? @event.OrderingKey : Find(@event) ?? @event.OrderingKey;
    }

    public override string ToString() => Written;

    private string? Find(FlatfileEvent @event)
    {
        var at = _path[0] == "context" ? @event.Context.Source : @event.Payload;
        foreach (var name in _path.AsSpan(1))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return null;
            }
        }

        return at.ValueKind switch
        {
            JsonValueKind.String => at.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => at.GetRawText(),
            _ => null,
        };
    }
}
