using System.Text;

namespace Flatfile.Agent.Core.Binding;

/// <summary>Why each handler does or does not get one event.</summary>
/// <param name="Topic">The event's topic.</param>
/// <param name="EventId">The event's id.</param>
/// <param name="Handlers">One for every binding of the catalogue, in order.</param>
/// <param name="RefusedPlugins">The plugins that could not be loaded, with the reason: their handlers get nothing.</param>
public sealed record EventExplanation(
    string Topic, string EventId, IReadOnlyList<HandlerExplanation> Handlers, IReadOnlyList<string> RefusedPlugins)
{
    /// <summary>The report as text, line by line.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().Append("Event ").Append(EventId).Append(" on ").Append(Topic).Append(": ")
            .Append(Handlers.Count(h => h.Matches)).Append(" of ").Append(Handlers.Count).AppendLine(" handlers.");
        foreach (var handler in Handlers)
        {
            text.Append(handler.Matches ? "HIT   " : "MISS  ").Append(handler.HandlerId).Append(" (").Append(handler.Kind == HandlerKind.Job ? "job" : "event")
                .Append(" handler of ").Append(handler.Plugin).AppendLine(")");
            foreach (var line in handler.Lines)
            {
                text.Append("        ").AppendLine(line);
            }
        }

        foreach (var refused in RefusedPlugins)
        {
            text.Append("REFUSED ").AppendLine(refused);
        }

        return text.ToString();
    }
}
