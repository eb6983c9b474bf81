using Flatfile.Agent.Core.Bridge;
using Flatfile.Agent.Core.Dispatch.Rules;
using Flatfile.Agent.Core.Drivers.InProcess;
using Flatfile.Agent.Core.Drivers.Polling;
using Flatfile.Agent.Core.Drivers.SpacesStream;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Startup;

/// <summary>Looks at everything the agent needs before it begins, and names all faults at once.</summary>
internal sealed class AgentOptionsCheck(IServiceProvider services, IOptions<AgentOptions> options)
{
    /// <exception cref="AgentStartException">Something is wrong.</exception>
    public void Run()
    {
        var faults = new List<string>();
        var agent = options.Value;
        Choose(faults, AbsentAdapter.Driver, agent.Driver, () => faults.AddRange(
            NamedChoice.Of(services.GetServices<IEventDriver>(), d => d.Name, agent.Driver, "driver", "Agent:Driver").FaultsInSettings()));
        Choose(faults, AbsentAdapter.Engine, agent.Engine, () => faults.AddRange(
            NamedChoice.Of(services.GetServices<IJobEngine>(), e => e.Name, agent.Engine, "engine", "Agent:Engine").FaultsInSettings()));
        faults.AddRange(BridgeSettings.Faults(agent, [.. services.GetServices<IEventDriver>()], [.. services.GetServices<IEventPublisher>()]));
        if (agent.Receives(InProcessDriver.DriverName) && services.GetService<IEventFeed>() is null)
        {
            faults.Add("The InProcess driver needs a Flatfile in this process, and there is none. Set Agent:Driver to Polling and Agent:Flatfile:ApiUrl to the address of Flatfile.");
        }

        CheckStore(faults, agent);
        CheckEndpoint(faults, agent);
        Positive(faults, "Agent:Store:Patience", agent.Store.Patience);
        Positive(faults, "Agent:MaxConcurrency", agent.MaxConcurrency);
        Positive(faults, "Agent:MaxConcurrentJobs", agent.MaxConcurrentJobs);
        Positive(faults, "Agent:MaxInFlight", agent.MaxInFlight);
        Positive(faults, "Agent:Events:MaxAttempts", agent.Events.MaxAttempts);
        Positive(faults, "Agent:Events:MaxFatalAttempts", agent.Events.MaxFatalAttempts);
        Positive(faults, "Agent:Events:MaxSuspectedAttempts", agent.Events.MaxSuspectedAttempts);
        Positive(faults, "Agent:Events:MaxStuckHandlers", agent.Events.MaxStuckHandlers);
        Positive(faults, "Agent:Events:AttemptTimeout", agent.Events.AttemptTimeout);
        Positive(faults, "Agent:Events:FirstDelay", agent.Events.FirstDelay);
        Positive(faults, "Agent:Events:MaxDelay", agent.Events.MaxDelay);
        Positive(faults, "Agent:Jobs:MaxAttempts", agent.Jobs.MaxAttempts);
        Positive(faults, "Agent:Jobs:MaxFatalAttempts", agent.Jobs.MaxFatalAttempts);
        Positive(faults, "Agent:Jobs:AttemptTimeout", agent.Jobs.AttemptTimeout);
        Positive(faults, "Agent:Jobs:MaxSilence", agent.Jobs.MaxSilence);
        Positive(faults, "Agent:Jobs:PartsCheck", agent.Jobs.PartsCheck);
        Positive(faults, "Agent:Jobs:FirstDelay", agent.Jobs.FirstDelay);
        Positive(faults, "Agent:Jobs:NextDelay", agent.Jobs.NextDelay);
        Positive(faults, "Agent:Jobs:MaxDelay", agent.Jobs.MaxDelay);
        Positive(faults, "Agent:Jobs:Lease", agent.Jobs.Lease);
        Positive(faults, "Agent:Jobs:CancelCheck", agent.Jobs.CancelCheck);
        Positive(faults, "Agent:Jobs:OutcomeDeadline", agent.Jobs.OutcomeDeadline);
        Positive(faults, "Agent:Jobs:ReconcileEvery", agent.Jobs.ReconcileEvery);
        Positive(faults, "Agent:Polling:MinInterval", agent.Polling.MinInterval);
        Positive(faults, "Agent:Polling:MaxInterval", agent.Polling.MaxInterval);
        Positive(faults, "Agent:Cleanup:UntouchedFor", agent.Cleanup.UntouchedFor);
        Positive(faults, "Agent:Cleanup:MaxPerRun", agent.Cleanup.MaxPerRun);
        Positive(faults, "Agent:Monitoring:MinRuns", agent.Monitoring.MinRuns);
        Positive(faults, "Agent:RecurringTakeover", agent.RecurringTakeover);
        faults.AddRange(agent.Recurring.SelectMany(r => r.Value.Faults($"Agent:Recurring:{r.Key}")));
        Positive(faults, "Agent:StopPatience", agent.StopPatience);
        Positive(faults, "Agent:InboxWindow", agent.InboxWindow);
        CheckHandlers(faults, agent);
        Positive(faults, "Agent:Recording:MaxBytesEach", agent.Recording.MaxBytesEach);
        Positive(faults, "Agent:Recording:MaxBytes", agent.Recording.MaxBytes);
        Positive(faults, "Agent:Recording:MaxAge", agent.Recording.MaxAge);
        Positive(faults, "Agent:DeadLetterWindow", agent.DeadLetterWindow);
        Positive(faults, "Agent:PluginWatch:Interval", agent.PluginWatch.Interval);
        Positive(faults, "Agent:PluginWatch:Quiet", agent.PluginWatch.Quiet);
        Positive(faults, "Agent:PluginWatch:MinEvents", agent.PluginWatch.MinEvents);
        Positive(faults, "Agent:PluginWatch:KeepVersions", agent.PluginWatch.KeepVersions);
        Positive(faults, "Agent:PluginWatch:UnloadLimit", agent.PluginWatch.UnloadLimit);
        if (agent.PluginWatch.FailureLimit is < 1 or > 100)
        {
            faults.Add($"Agent:PluginWatch:FailureLimit is {agent.PluginWatch.FailureLimit}. Set it to a share in percent from 1 to 100; 100 switches the automatic rollback off.");
        }

        CheckHandlers(faults, agent);
        if (agent.Jobs.AbandonedAfter < TimeSpan.Zero)
        {
            faults.Add($"Agent:Jobs:AbandonedAfter is {agent.Jobs.AbandonedAfter}. Set it to more than zero, such as 06:00:00, or to zero to leave such jobs alone.");
        }

        if (agent.Flatfile.ReadBackTime < TimeSpan.Zero)
        {
            faults.Add($"Agent:Flatfile:ReadBackTime is {agent.Flatfile.ReadBackTime}. Set it to zero or more, such as 00:00:10.");
        }

        if (agent.ShutdownGrace < TimeSpan.Zero)
        {
            faults.Add($"Agent:ShutdownGrace is {agent.ShutdownGrace}. Set it to zero or more, such as 00:00:20.");
        }

        if (string.IsNullOrWhiteSpace(agent.DataFolder))
        {
            faults.Add("Agent:DataFolder is empty. Set it to a folder this process may write, such as data.");
        }

        faults.AddRange(services.GetServices<ISettingsFaults>().SelectMany(s => s.FaultsInSettings()));
        if (faults.Count > 0)
        {
            throw new AgentStartException(faults);
        }
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private void Choose(List<string> faults, string kind, string name, Action choose)
    {
        if (services.GetServices<AbsentAdapter>().FirstOrDefault(a => a.Kind == kind && Is(a.Name, name)) is { } absent)
        {
            faults.Add($"The {kind} {absent.Name} is not compiled into this build. {absent.HowToGet}");
            return;
        }

        try
        {
            choose();
        }
        catch (AgentStartException fault)
        {
            faults.AddRange(fault.Faults);
        }
    }

    private void CheckStore(List<string> faults, AgentOptions agent)
    {
        var database = services.GetRequiredService<AgentDatabase>();
        if (!Is(agent.Store.Kind, database.Kind))
        {
            faults.Add(Is(agent.Store.Kind, "PostgreSql")
                ? "Agent:Store:Kind is 'PostgreSql', but this host has no such store. Add it to the services by AddPostgresStore(), or set Agent:Store:Kind to Sqlite."
                : $"Agent:Store:Kind is '{agent.Store.Kind}'. Set it to Sqlite, or to PostgreSql for a store that several agents share.");
            return;
        }

        faults.AddRange(database.FaultsInSettings());
    }

    /// <summary>An endpoint of another kind than the options' may not be known before the host has started; only the options are looked at.</summary>
    private void CheckEndpoint(List<string> faults, AgentOptions agent)
    {
        if (services.GetRequiredService<IFlatfileEndpoint>() is not ConfiguredEndpoint)
        {
            return;
        }

        var url = agent.Flatfile.ApiUrl;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            faults.Add(string.IsNullOrWhiteSpace(url)
                ? "Agent:Flatfile:ApiUrl is not set. Set it, or FLATFILE_API_URL, to the address of Flatfile, such as https://platform.flatfile.com/api."
                : $"Agent:Flatfile:ApiUrl is '{url}', which is no http or https address. Set it to one such as https://platform.flatfile.com/api.");
        }

        if ((agent.Receives(PollingDriver.DriverName) || agent.Receives(SpacesStreamDriver.DriverName)) && string.IsNullOrWhiteSpace(agent.Flatfile.ApiKey))
        {
            faults.Add("Agent:Flatfile:ApiKey is not set. Set it, or FLATFILE_API_KEY, to a secret key of the environment.");
        }
    }

    private static void CheckHandlers(List<string> faults, AgentOptions agent)
    {
        foreach (var (id, settings) in agent.Handlers)
        {
            try
            {
                DispatchRule.Read(settings.ToRules());
            }
            catch (FormatException fault)
            {
                faults.Add($"Agent:Handlers:{id}: {fault.Message}");
            }
        }
    }

    private static void Positive(List<string> faults, string name, long value)
    {
        if (value < 1)
        {
            faults.Add($"{name} is {value}. Set it to 1 or more.");
        }
    }

    private static void Positive(List<string> faults, string name, TimeSpan value)
    {
        if (value <= TimeSpan.Zero)
        {
            faults.Add($"{name} is {value}. Set it to more than zero, such as 00:00:10.");
        }
    }
}
