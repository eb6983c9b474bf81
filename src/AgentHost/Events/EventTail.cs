using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Host.Explaining;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Output;
using Flatfile.Agent.Host.Serving;
using Flatfile.Agent.Host.Spaces;
using Flatfile.Agent.Host.Wiring;
using Flatfile.Api;
using Spectre.Console;

namespace Flatfile.Agent.Host.Events;

/// <summary>Follows the events of Spaces until it is told to stop.</summary>
internal static class EventTail
{
    private static readonly string[] Ids = ["workbookId", "sheetId", "fileId", "jobId", "commitId", "documentId"];

    public static async Task<int> RunAsync(ServerChoice server, TailRequest request, CancellationToken stop)
    {
        var (client, url) = await LiveFlatfile.OpenAsync(server, stop);
        using var _ = client;
        await using var agent = await LocalAgent.LoadAsync(server.Settings, null, null, stop);
        await using var saved = request.Save is null ? null : EventFile.Create(request.Save);
        try
        {
            var start = await TailStart.OfAsync(request.Since, client, TimeProvider.System, stop);
            await FollowAsync(client, url, start, request, agent.Catalog, saved, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Ctrl-C is how this ends.
        }
        catch (FlatfileApiException fault) when (fault is { Code: FlatfileErrorCode.NotFound } && fault.Message.Contains("stream", StringComparison.Ordinal))
        {
            throw new UserFault($"{url} has no stream of events.", "Spaces has one, Flatfile's cloud has not.", "Look at single events with ./agent explain --event us_evt_…", inner: fault);
        }
        catch (FlatfileApiException fault)
        {
            throw ServerCall.Explain(fault, url);
        }

        return ExitCodes.Done;
    }

    private static async Task FollowAsync(
        FlatfileClient client, string url, TailStart start, TailRequest request, HandlerCatalog catalog, EventFile? saved, CancellationToken stop)
    {
        var topics = request.Topics.Select(Glob).ToList();
        var screen = Screen.Out();
        var query = new EventStreamQuery
        {
            SpaceId = request.SpaceId,
            LastEventId = start.Position,
            Opened = _ => Console.Error.WriteLine($"Following {url}. Ctrl-C ends."),
        };
        await foreach (var (_, @event) in client.Events.StreamAsync(query, stop))
        {
            if (start.IsBefore(@event) || (topics.Count > 0 && !topics.Any(t => t.Matches(@event.Topic))))
            {
                continue;
            }

            if (saved is not null)
            {
                await saved.AddAsync(@event, stop);
            }

            var handlers = catalog.Match(EventLookup.Read(@event)).Select(b => b.HandlerId).ToList();
            if (request.Json)
            {
                Console.Out.WriteLine(Json(@event, handlers));
            }
            else
            {
                Write(screen, @event, handlers);
            }
        }
    }

    private static TopicGlob Glob(string text)
    {
        try
        {
            return TopicGlob.Parse(text);
        }
        catch (FormatException fault)
        {
            throw new UserFault($"--topic {text[..20]}…: this is no glob of topics.", fault.Message, "Write one such as job:* or **.", inner: fault);
        }
    }

    private static string Json(Event @event, IReadOnlyList<string> handlers) => new JsonObject
    {
        ["event"] = JsonSerializer.SerializeToNode(@event, FlatfileJson.Default.Event),
        ["handlers"] = new JsonArray([.. handlers.Select(h => (JsonNode)h)]),
    }.ToJsonString();

    private static void Write(IAnsiConsole screen, Event @event, IReadOnlyList<string> handlers)
    {
        var ids = new StringBuilder();
        foreach (var id in Ids.Select(name => @event.Context[name]?.ToString()).Where(id => id is not null))
        {
            ids.Append(' ').Append(id);
        }

        new Line()
            .Add(@event.CreatedAt.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture), Line.Faint)
            .Add($"  {@event.Topic,-20}", @event.Topic.EndsWith(":failed", StringComparison.Ordinal) ? Line.Bad : Line.Strong)
            .Add($"  {@event.Context["spaceId"]?.ToString() ?? "-"}", Line.Name)
            .Add($"  {@event.Id}{ids}", Line.Faint)
            .Add(handlers.Count == 0 ? "" : "  → " + string.Join(", ", handlers), Line.Good)
            .WriteTo(screen);
    }
}
