namespace Flatfile.Agent.Core.Startup;

/// <summary>The settings of the agent, section <c>Agent</c>.</summary>
public sealed class AgentOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Agent";

    /// <summary>The name of the driver that brings events in.</summary>
    public string Driver { get; set; } = "InProcess";

    /// <summary>The name of the engine that runs jobs.</summary>
    public string Engine { get; set; } = "Quartz";

    /// <summary>Where <c>agent.db</c> and the engine's file live.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>Folders with a folder for each plugin.</summary>
    public IList<string> PluginFolders { get; } = [];

    /// <summary>Handlers that must not run, by id: <c>flatfile/start-automap</c>, or <c>flatfile/*</c> for all of ours. Other listeners then do their work.</summary>
    public IList<string> HandlersOff { get; } = [];

    /// <summary>Events handled beside each other.</summary>
    public int MaxConcurrency { get; set; } = 16;

    /// <summary>Job runs beside each other.</summary>
    public int MaxConcurrentJobs { get; set; } = 4;

    /// <summary>Events a driver may have in hand; more wait at the source.</summary>
    public int MaxInFlight { get; set; } = 256;

    /// <summary>How long running work may go on after the order to stop.</summary>
    public TimeSpan ShutdownGrace { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The environment whose events are received; null for all the key can see.</summary>
    public string? EnvironmentId { get; set; }

    /// <summary>How long the inbox remembers a handled event.</summary>
    public TimeSpan InboxWindow { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Tries and pauses of inline handlers.</summary>
    public EventAttemptOptions Events { get; } = new();

    /// <summary>Tries and pauses of jobs.</summary>
    public JobAttemptOptions Jobs { get; } = new();

    /// <summary>The Flatfile the handlers talk to.</summary>
    public FlatfileOptions Flatfile { get; } = new();

    /// <summary>The Polling driver.</summary>
    public Drivers.Polling.PollingOptions Polling { get; } = new();
}
