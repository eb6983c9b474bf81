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

    /// <summary>How single handlers are run, by id.</summary>
    public IDictionary<string, HandlerOptions> Handlers { get; } = new Dictionary<string, HandlerOptions>(StringComparer.Ordinal);

    /// <summary>Events handled beside each other.</summary>
    public int MaxConcurrency { get; set; } = 16;

    /// <summary>Job runs beside each other.</summary>
    public int MaxConcurrentJobs { get; set; } = 4;

    /// <summary>Events a driver may have in hand; more wait at the source.</summary>
    public int MaxInFlight { get; set; } = 256;

    /// <summary>How long running work may go on after the order to stop.</summary>
    public TimeSpan ShutdownGrace { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a handler that was told to end may take to obey before it is left alone.</summary>
    public TimeSpan StopPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The environment whose events are received; null for all the key can see.</summary>
    public string? EnvironmentId { get; set; }

    /// <summary>How long the inbox remembers a handled event.</summary>
    public TimeSpan InboxWindow { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long a dead letter is kept after it was replayed or dropped. One that waits is kept for ever.</summary>
    public TimeSpan DeadLetterWindow { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Tries and pauses of inline handlers.</summary>
    public EventAttemptOptions Events { get; } = new();

    /// <summary>Tries and pauses of jobs.</summary>
    public JobAttemptOptions Jobs { get; } = new();

    /// <summary>When and how recurring work runs, by id.</summary>
    public IDictionary<string, Core.Jobs.Recurring.RecurringOptions> Recurring { get; } = new Dictionary<string, Core.Jobs.Recurring.RecurringOptions>(StringComparer.Ordinal);

    /// <summary>Within this time another agent goes on with recurring work when the one that is at it dies.</summary>
    public TimeSpan RecurringTakeover { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The cleanup of completed spaces.</summary>
    public Upkeep.Cleanup.CleanupOptions Cleanup { get; } = new();

    /// <summary>From when on monitoring raises its voice.</summary>
    public Upkeep.Monitoring.MonitoringOptions Monitoring { get; } = new();

    /// <summary>Where the agent keeps what it must still know after it died.</summary>
    public StoreOptions Store { get; } = new();

    /// <summary>What becomes of the events of a plugin that is refused and was good before.</summary>
    public RefusedEvents WhenRefused { get; set; }

    /// <summary>The swapping of plugins while the agent runs.</summary>
    public Plugins.Swap.PluginWatchOptions PluginWatch { get; } = new();

    /// <summary>The Flatfile the handlers talk to.</summary>
    public FlatfileOptions Flatfile { get; } = new();

    /// <summary>Recordings of what handlers saw of Flatfile.</summary>
    public Recording.RecordingOptions Recording { get; } = new();

    /// <summary>The Polling driver.</summary>
    public Drivers.Polling.PollingOptions Polling { get; } = new();

    /// <summary>The Webhook driver.</summary>
    public Drivers.Webhook.WebhookOptions Webhook { get; } = new();

    /// <summary>The SpacesStream driver.</summary>
    public Drivers.SpacesStream.SpacesStreamOptions SpacesStream { get; } = new();

    /// <summary>From one driver to another; off while it names none.</summary>
    public Bridge.BridgeOptions Bridge { get; } = new();

    /// <summary>The IP address at which the host listens, such as <c>0.0.0.0</c>; null for this machine only.</summary>
    public string? Listen { get; set; }

    /// <summary>The path below which a reverse proxy shows the host, such as <c>/flatfile</c>; null for the root. Requests may come with it or, from a proxy that takes it off, without.</summary>
    public string? PathBase { get; set; }

    /// <summary>True when events come through the driver of this name, to the handlers or to the bridge.</summary>
    internal bool Receives(string driver) =>
        string.Equals(Driver, driver, StringComparison.OrdinalIgnoreCase)
        || (Bridge.IsOn && string.Equals(Bridge.From, driver, StringComparison.OrdinalIgnoreCase));
}
