using Flatfile.Agent.Core.Drivers.InProcess;
using Flatfile.Agent.Core.Drivers.Polling;
using Flatfile.Agent.Core.Jobs;
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
        Choose(faults, () => NamedChoice.Of(services.GetServices<IEventDriver>(), d => d.Name, agent.Driver, "driver", "Agent:Driver"));
        Choose(faults, () => NamedChoice.Of(services.GetServices<IJobEngine>(), e => e.Name, agent.Engine, "engine", "Agent:Engine"));
        if (Is(agent.Driver, InProcessDriver.DriverName) && services.GetService<IEventFeed>() is null)
        {
            faults.Add("The InProcess driver needs a Flatfile in this process, and there is none. Set Agent:Driver to Polling and Agent:Flatfile:ApiUrl to the address of Flatfile.");
        }

        CheckEndpoint(faults, agent);
        Positive(faults, "Agent:MaxConcurrency", agent.MaxConcurrency);
        Positive(faults, "Agent:MaxConcurrentJobs", agent.MaxConcurrentJobs);
        Positive(faults, "Agent:MaxInFlight", agent.MaxInFlight);
        Positive(faults, "Agent:Events:MaxAttempts", agent.Events.MaxAttempts);
        Positive(faults, "Agent:Events:MaxFatalAttempts", agent.Events.MaxFatalAttempts);
        Positive(faults, "Agent:Events:AttemptTimeout", agent.Events.AttemptTimeout);
        Positive(faults, "Agent:Events:FirstDelay", agent.Events.FirstDelay);
        Positive(faults, "Agent:Events:MaxDelay", agent.Events.MaxDelay);
        Positive(faults, "Agent:Jobs:MaxAttempts", agent.Jobs.MaxAttempts);
        Positive(faults, "Agent:Jobs:MaxFatalAttempts", agent.Jobs.MaxFatalAttempts);
        Positive(faults, "Agent:Jobs:AttemptTimeout", agent.Jobs.AttemptTimeout);
        Positive(faults, "Agent:Jobs:FirstDelay", agent.Jobs.FirstDelay);
        Positive(faults, "Agent:Jobs:NextDelay", agent.Jobs.NextDelay);
        Positive(faults, "Agent:Jobs:MaxDelay", agent.Jobs.MaxDelay);
        Positive(faults, "Agent:Jobs:Lease", agent.Jobs.Lease);
        Positive(faults, "Agent:Jobs:CancelCheck", agent.Jobs.CancelCheck);
        Positive(faults, "Agent:Jobs:OutcomeDeadline", agent.Jobs.OutcomeDeadline);
        Positive(faults, "Agent:Jobs:ReconcileEvery", agent.Jobs.ReconcileEvery);
        Positive(faults, "Agent:Polling:MinInterval", agent.Polling.MinInterval);
        Positive(faults, "Agent:Polling:MaxInterval", agent.Polling.MaxInterval);
        Positive(faults, "Agent:InboxWindow", agent.InboxWindow);
        if (agent.ShutdownGrace < TimeSpan.Zero)
        {
            faults.Add($"Agent:ShutdownGrace is {agent.ShutdownGrace}. Set it to zero or more, such as 00:00:20.");
        }

        if (string.IsNullOrWhiteSpace(agent.DataFolder))
        {
            faults.Add("Agent:DataFolder is empty. Set it to a folder this process may write, such as data.");
        }

        if (faults.Count > 0)
        {
            throw new AgentStartException(faults);
        }
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static void Choose(List<string> faults, Action choose)
    {
        try
        {
            choose();
        }
        catch (AgentStartException fault)
        {
            faults.AddRange(fault.Faults);
        }
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

        if (Is(agent.Driver, PollingDriver.DriverName) && string.IsNullOrWhiteSpace(agent.Flatfile.ApiKey))
        {
            faults.Add("Agent:Flatfile:ApiKey is not set. Set it, or FLATFILE_API_KEY, to a secret key of the environment.");
        }
    }

    private static void Positive(List<string> faults, string name, int value)
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
