using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent.Host.Explaining;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Output;
using Flatfile.Agent.Host.Serving;
using Flatfile.Agent.Host.Spaces;
using Flatfile.Api;
using Spectre.Console;

namespace Flatfile.Agent.Host.Events;

/// <summary>Sends events through the running agent again, one after the other, and says for each who got it.</summary>
internal static class EventsAgain
{
    public static async Task<int> RunAsync(ServerChoice server, ResendRequest request, CancellationToken stop)
    {
        var events = request.File is { } file ? await EventFile.ReadAsync(file, stop) : await RangeAsync(server, request.From!, request.To!, stop);
        using var agent = RunningAgent.Open(server.Settings);
        var screen = Screen.Out();
        var (runs, sent) = (0, 0);
        foreach (var (body, @event) in events)
        {
            var answer = await agent.PostAsync("events/resend", Order(body, request), stop);
            var handlers = answer["handlers"]!.AsArray().Select(h => (Id: h!["handler"]!.ToString(), Runs: h["runs"]!.GetValue<bool>(), Why: h["why"]?.ToString())).ToList();
            runs += handlers.Count(h => h.Runs);
            sent++;
            Write(screen, @event, handlers);
        }

        new Line().Add(request.DryRun
            ? $"Dry run: {sent} events, {runs} runs of handlers would begin; nothing was sent."
            : $"{sent} events sent, {runs} runs of handlers.", Line.Strong).WriteTo(screen);
        return ExitCodes.Done;
    }

    private static string Order(ReadOnlyMemory<byte> body, ResendRequest request) => new JsonObject
    {
        ["event"] = JsonNode.Parse(body.Span), ["handler"] = request.HandlerId, ["again"] = request.Again, ["dryRun"] = request.DryRun,
    }.ToJsonString();

    private static void Write(IAnsiConsole screen, FlatfileEvent @event, IReadOnlyList<(string Id, bool Runs, string? Why)> handlers)
    {
        new Line().Add(@event.Id, Line.Name).Add("  ").Add(@event.Topic, Line.Strong).Add(handlers.Count == 0 ? "  is for no handler" : "", Line.Faint).WriteTo(screen);
        foreach (var (id, isRun, why) in handlers)
        {
            new Line().Add(isRun ? "  run   " : "  skip  ", isRun ? Line.Good : Line.Faint).Add(id).Add(why is null ? "" : $"  {why}", Line.Faint).WriteTo(screen);
        }
    }

    /// <summary>The events of Spaces from one to another, both with them, in the order in which they happened.</summary>
    private static async Task<IReadOnlyList<(ReadOnlyMemory<byte> Body, FlatfileEvent Event)>> RangeAsync(ServerChoice server, string from, string to, CancellationToken stop)
    {
        var (client, url) = await LiveFlatfile.OpenAsync(server, stop);
        using var _ = client;
        var events = new List<(ReadOnlyMemory<byte>, FlatfileEvent)>();
        try
        {
            var last = await client.Events.GetAsync(to, stop);
            var isIn = false;
            await foreach (var (_, @event) in client.Events.StreamAsync(new EventStreamQuery { LastEventId = "0" }, stop))
            {
                isIn |= @event.Id == from;
                if (!isIn && (@event.Id == to || @event.CreatedAt > last.CreatedAt))
                {
                    break;
                }

                if (isIn)
                {
                    events.Add((JsonSerializer.SerializeToUtf8Bytes(@event, FlatfileJson.Default.Event), EventLookup.Read(@event)));
                    if (@event.Id == to)
                    {
                        return events;
                    }
                }
            }
        }
        catch (FlatfileApiException fault)
        {
            throw ServerCall.Explain(fault, url);
        }

        throw new UserFault($"{from} does not come before {to} in the events of {url}.", "--from names the first and --to the last event to send.", "Look them up with ./agent events tail --since.");
    }
}
