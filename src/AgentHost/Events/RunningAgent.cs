using System.Text.Json.Nodes;
using Flatfile.Agent.Host.Commands;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Operating;
using Flatfile.Agent.Host.Serving;

namespace Flatfile.Agent.Host.Events;

/// <summary>The agent that runs over the data folder, asked as its operator.</summary>
internal sealed class RunningAgent : IDisposable
{
    private readonly OperatorConnection _agent;

    /// <summary>A handler may take as long as its attempt may; whoever waits can press Ctrl-C.</summary>
    private RunningAgent(string url, string key)
    {
        Url = url;
        _agent = new OperatorConnection(new Uri(url), key, Timeout.InfiniteTimeSpan);
    }

    public string Url { get; }

    /// <summary>Null when no agent runs over the folder, or this user may not read its key.</summary>
    public static RunningAgent? TryOpen(HostSettings settings) =>
        DataFolder.ReadAddress(settings.DataFolder) is { } here && OperatorKey.Read(settings.Configuration, settings.DataFolder) is { } key ? new RunningAgent(here.Url, key) : null;

    /// <exception cref="UserFault">No agent runs, or it cannot be asked.</exception>
    public static RunningAgent Open(HostSettings settings) => TryOpen(settings) ?? throw (DataFolder.ReadAddress(settings.DataFolder) is { } here
        ? new UserFault($"The operator's key of the agent at {here.Url} cannot be read.", "Only its owner steers the agent.", $"Run this as the agent's user, or set {OperatorKey.Setting}.")
        : new UserFault($"No agent runs over the data folder {settings.DataFolder}.", "This is done by the running agent.", "Start ./agent, or name its data folder with --data DIR."));

    /// <exception cref="UserFault">It refused, or does not answer.</exception>
    public Task<JsonNode> GetAsync(string path, CancellationToken stop) => AskAsync(() => _agent.GetAsync(path, OperatorJson.Default.JsonNode, stop));

    /// <exception cref="UserFault">It refused, or does not answer.</exception>
    public Task<JsonNode> PostAsync(string path, string json, CancellationToken stop) =>
        AskAsync(() => _agent.PostAsync(path, JsonNode.Parse(json)!, OperatorJson.Default.JsonNode, OperatorJson.Default.JsonNode, stop));

    public void Dispose() => _agent.Dispose();

    private static async Task<JsonNode> AskAsync(Func<Task<JsonNode>> ask)
    {
        try
        {
            return await ask();
        }
        catch (OperatorFault fault)
        {
            throw fault.ForPerson(ExitCodes.Failed);
        }
    }
}
