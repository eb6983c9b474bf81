namespace Flatfile.Agent.Host.Operating;

/// <summary>The status of the agent, as it travels.</summary>
internal sealed record StatusView(
    string Version, string Driver, string Engine, string Store, int EventsInHand, int RunningJobs, long Unmatched, long DeadLetters, long ReplaysAsked,
    IReadOnlyList<PluginView> Plugins);
