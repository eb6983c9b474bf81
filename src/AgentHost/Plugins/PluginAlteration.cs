using System.Text.Json;
using Flatfile.Agent.Host.Commands;
using Flatfile.Agent.Host.Events;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Operating;
using Flatfile.Agent.Host.Output;
using Spectre.Console;

namespace Flatfile.Agent.Host.Plugins;

/// <summary>Has the running agent change the version of a plugin.</summary>
internal static class PluginAlteration
{
    /// <param name="settings">Whose agent.</param>
    /// <param name="order"><c>rollback</c> or <c>reload</c>.</param>
    /// <param name="name">The plugin.</param>
    /// <param name="stop">Gives up waiting.</param>
    public static async Task<int> RunAsync(HostSettings settings, string order, string name, CancellationToken stop)
    {
        using var agent = RunningAgent.Open(settings);
        var answer = await agent.PostAsync($"plugins/{order}", JsonSerializer.Serialize(new PluginOrder(name), OperatorJson.Default.PluginOrder), stop);
        Screen.Out().WriteLine(answer["message"]!.ToString());
        return ExitCodes.Done;
    }
}
