using Flatfile.Agent.Core.Drivers;
using Flatfile.Agent.Core.Startup;

namespace Flatfile.Agent.Core.Bridge;

/// <summary>Looks for faults in the settings of the bridge.</summary>
internal static class BridgeSettings
{
    private const int SmallestClaimCheck = 4 * 1024;

    public static IEnumerable<string> Faults(AgentOptions agent, IReadOnlyList<IEventDriver> drivers, IReadOnlyList<IEventPublisher> publishers)
    {
        var bridge = agent.Bridge;
        if (!bridge.IsOn)
        {
            return Is(agent.Driver, NoDriver.DriverName)
                ? ["Agent:Driver is None and there is no bridge: this agent would do nothing. Set Agent:Driver, or Agent:Bridge:From and Agent:Bridge:To."]
                : [];
        }

        if (string.IsNullOrEmpty(bridge.From) || string.IsNullOrEmpty(bridge.To))
        {
            return ["The bridge needs both Agent:Bridge:From and Agent:Bridge:To. Set both, such as Polling and RabbitMq, or none."];
        }

        return [.. Names(agent, drivers, publishers), .. Numbers(bridge)];
    }

    private static IEnumerable<string> Names(AgentOptions agent, IReadOnlyList<IEventDriver> drivers, IReadOnlyList<IEventPublisher> publishers)
    {
        var bridge = agent.Bridge;
        if (Is(bridge.From!, bridge.To!))
        {
            yield return $"Agent:Bridge:From and Agent:Bridge:To are both '{bridge.From}': every event would go round for ever. Set Agent:Bridge:To to the driver of your bus.";
            yield break;
        }

        if (Is(bridge.From!, NoDriver.DriverName))
        {
            yield return "Agent:Bridge:From is None, which brings no events in. Set it to the driver that does, such as Polling.";
        }
        else if (Is(bridge.From!, agent.Driver))
        {
            yield return $"Agent:Bridge:From and Agent:Driver are both '{bridge.From}': each event would be taken by one of the two only. Set Agent:Driver to '{bridge.To}', or to None for an agent that is nothing but a bridge.";
        }

        foreach (var fault in Chosen(() => NamedChoice.Of(drivers, d => d.Name, bridge.From!, "driver", "Agent:Bridge:From").FaultsInSettings()))
        {
            yield return fault;
        }

        foreach (var fault in Chosen(() =>
        {
            NamedChoice.Of(publishers, p => p.Name, bridge.To!, "driver that can publish", "Agent:Bridge:To");
            return Is(bridge.To!, agent.Driver) ? [] : drivers.FirstOrDefault(d => Is(d.Name, bridge.To!))?.FaultsInSettings() ?? [];
        }))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> Numbers(BridgeOptions bridge)
    {
        foreach (var (name, value) in new[]
        {
            ("Lease", bridge.Lease.TotalSeconds), ("MaxOutboxEvents", bridge.MaxOutboxEvents), ("MaxOutboxBytes", bridge.MaxOutboxBytes), ("BatchSize", bridge.BatchSize),
        })
        {
            if (value <= 0)
            {
                yield return $"Agent:Bridge:{name} must be more than zero.";
            }
        }

        if (bridge.ClaimCheckBytes < SmallestClaimCheck)
        {
            yield return $"Agent:Bridge:ClaimCheckBytes is {bridge.ClaimCheckBytes}, less than a claim itself may need. Set it to {SmallestClaimCheck} or more.";
        }
    }

    private static IEnumerable<string> Chosen(Func<IEnumerable<string>> choose)
    {
        try
        {
            return [.. choose()];
        }
        catch (AgentStartException fault)
        {
            return fault.Faults;
        }
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
