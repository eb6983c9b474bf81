using System.Net.Http.Json;
using Flatfile.Agent;

namespace History;

/// <summary>Where the effects of the handlers go: a server outside every agent, named by the environment.</summary>
public sealed class Oracle
{
    private static readonly HttpClient Client = new() { BaseAddress = new Uri(Environment.GetEnvironmentVariable("HISTORY_ORACLE")!) };
    private static readonly string Incarnation = Environment.GetEnvironmentVariable("HISTORY_INCARNATION")!;

    /// <summary>Makes the effect of a handler on an event. Safe to repeat: the oracle knows the pair.</summary>
    public static async Task ApplyAsync(EventContext context, string handler, CancellationToken cancellationToken)
    {
        var payload = context.Event.Payload;
        using var answer = await Client.PostAsJsonAsync(
            "effects",
            new
            {
                @event = context.Event.Id,
                handler,
                space = payload.GetProperty("space").GetString(),
                incarnation = Incarnation,
                process = Environment.ProcessId,
                attempt = context.Attempt,
            },
            cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
