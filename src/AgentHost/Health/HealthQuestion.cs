using System.Text.Json;
using Flatfile.Agent.Host.Commands;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Operating;
using Flatfile.Agent.Host.Serving;

namespace Flatfile.Agent.Host.Health;

/// <summary>The question of another process on this machine.</summary>
internal static class HealthQuestion
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <exception cref="UserFault">None runs, or what runs does not answer.</exception>
    public static async Task<int> AskAsync(HostSettings settings, CancellationToken stop)
    {
        var here = DataFolder.ReadAddress(settings.DataFolder) ?? throw new UserFault(
            $"No agent runs over the data folder {settings.DataFolder}.", "It says where it answers once it serves.", "Start ./agent, or name its data folder with --data DIR.");
        using var http = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(here.Url + HealthEndpoints.ReadyPath, stop);
            var view = JsonSerializer.Deserialize(await answer.Content.ReadAsByteArrayAsync(stop), OperatorJson.Default.HealthView);
            Console.Out.WriteLine(string.Join(' ', [view?.Status ?? "no answer", .. view?.Reasons ?? []]));
            return answer.IsSuccessStatusCode ? ExitCodes.Done : ExitCodes.Failed;
        }
        catch (Exception fault) when (!stop.IsCancellationRequested && fault is HttpRequestException or JsonException or TaskCanceledException)
        {
            throw new UserFault($"The agent at {here.Url} does not answer.", fault.Message, "Look at its log.", ExitCodes.Failed, fault);
        }
    }
}
