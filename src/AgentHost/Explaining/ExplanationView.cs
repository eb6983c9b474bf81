using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Host.Output;
using Spectre.Console;

namespace Flatfile.Agent.Host.Explaining;

/// <summary>An explanation for a person: who gets the event in green, why the others do not below their names.</summary>
internal static class ExplanationView
{
    private const string Hit = "HIT ";
    private const string Miss = "MISS";

    public static void Write(IAnsiConsole screen, EventExplanation explanation, InboxKnowledge known)
    {
        new Line().Add("Event ").Add(explanation.EventId, Line.Name).Add(" on ").Add(explanation.Topic, Line.Strong)
            .Add($": {explanation.Handlers.Count(h => h.Matches)} of {explanation.Handlers.Count} handlers.").WriteTo(screen);
        foreach (var handler in explanation.Handlers)
        {
            new Line().Add(handler.Matches ? "HIT   " : "MISS  ", handler.Matches ? Line.Good : Line.Faint)
                .Add(handler.HandlerId, handler.Matches ? Line.Strong : Line.Plain)
                .Add($" ({(handler.Kind == HandlerKind.Job ? "job" : "event")} handler of {handler.Plugin})", Line.Faint).WriteTo(screen);
            foreach (var line in handler.Lines)
            {
                Write(screen, line);
            }

            if (known.Handlers.TryGetValue(handler.HandlerId, out var did))
            {
                new Line().Add("        ").Add("INBOX ", Line.Name).Add(did).WriteTo(screen);
            }
        }

        foreach (var refused in explanation.RefusedPlugins)
        {
            new Line().Add("REFUSED ", Line.Bad).Add(refused).WriteTo(screen);
        }

        if (known.NotAsked is not null)
        {
            new Line().Add(known.NotAsked, Line.Faint).WriteTo(screen);
        }
    }

    private static void Write(IAnsiConsole screen, string line)
    {
        var (mark, style) = line.StartsWith(Hit, StringComparison.Ordinal) ? (Hit, Line.Good) : line.StartsWith(Miss, StringComparison.Ordinal) ? (Miss, Line.Warn) : ("", Line.Plain);
        new Line().Add("        ").Add(mark, style).Add(line[mark.Length..], Line.Faint).WriteTo(screen);
    }
}
