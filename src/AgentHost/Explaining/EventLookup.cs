using System.Text.Json;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Serving;
using Flatfile.Agent.Host.Spaces;
using Flatfile.Api;

namespace Flatfile.Agent.Host.Explaining;

/// <summary>Finds one event: in a file, or in a Flatfile that runs.</summary>
internal static class EventLookup
{
    /// <summary>How far back a job's event is looked for.</summary>
    private const int Furthest = 20_000;

    public static async Task<FlatfileEvent> FromFileAsync(string path, CancellationToken stop)
    {
        try
        {
            return FlatfileEvent.Parse(await File.ReadAllBytesAsync(path, stop));
        }
        catch (UnreadableEventException fault)
        {
            throw new UserFault($"{path} is not an event.", fault.Message, "Give a file that holds one event as Flatfile sends it.", inner: fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserFault($"{path} cannot be read.", fault.Message, "Check the name.", inner: fault);
        }
    }

    /// <summary>The event with an id.</summary>
    public static Task<FlatfileEvent> OfIdAsync(ServerChoice server, string id, CancellationToken stop) => AskAsync(server, async client =>
        FlatfileEvent.FromJson(await client.GetRelativeAsync($"v1/events/{Uri.EscapeDataString(id)}", cancellationToken: stop)), stop);

    /// <summary>The <c>job:ready</c> event of a job.</summary>
    public static Task<FlatfileEvent> OfJobAsync(ServerChoice server, string jobId, CancellationToken stop) => AskAsync(server, async client =>
    {
        var job = await client.Jobs.GetAsync(jobId, stop);
        var query = new EventQuery { Topic = Topics.JobReady, SpaceId = job.SpaceId, IncludeAcknowledged = true };
        await foreach (var @event in client.Events.ListAsync(query, stop).Take(Furthest).WithCancellation(stop))
        {
            if (@event.Context["jobId"]?.GetValue<string>() == jobId)
            {
                return Read(@event);
            }
        }

        throw new UserFault(
            $"Job {jobId} has no event {Topics.JobReady}.", "It is not ready yet, or its event was removed because of its age.", "Look at the job itself, or give the event with --event.", ExitCodes.Failed);
    }, stop);

    /// <summary>An event of the client as handlers see it.</summary>
    public static FlatfileEvent Read(Event @event) => FlatfileEvent.FromJson(JsonSerializer.SerializeToElement(@event, FlatfileJson.Default.Event));

    private static async Task<T> AskAsync<T>(ServerChoice server, Func<FlatfileClient, Task<T>> ask, CancellationToken stop)
    {
        var (client, url) = await LiveFlatfile.OpenAsync(server, stop);
        using (client)
        {
            try
            {
                return await ask(client);
            }
            catch (FlatfileApiException fault)
            {
                throw ServerCall.Explain(fault, url);
            }
        }
    }
}
