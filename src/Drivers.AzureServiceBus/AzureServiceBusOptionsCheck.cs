using Azure.Messaging.ServiceBus;

namespace Flatfile.Agent.Drivers.AzureServiceBus;

/// <summary>Looks for faults in the settings without calling anybody. No sentence repeats a secret.</summary>
internal static class AzureServiceBusOptionsCheck
{
    /// <summary>Lock renewal much beyond this is not reliable at the bus, whatever is asked for.</summary>
    public static readonly TimeSpan LongestRenewal = TimeSpan.FromMinutes(10);

    private const string Section = AzureServiceBusOptions.Section;

    public static IEnumerable<string> Faults(AzureServiceBusOptions options) =>
        [.. Place(options), .. Entity(options), .. Numbers(options), .. Times(options)];

    private static IEnumerable<string> Place(AzureServiceBusOptions options)
    {
        var (byString, byName) = (!string.IsNullOrWhiteSpace(options.ConnectionString), !string.IsNullOrWhiteSpace(options.FullyQualifiedNamespace));
        if (byString && byName)
        {
            yield return $"{Section}:ConnectionString and {Section}:FullyQualifiedNamespace are both set, and only one can be meant. Remove one of them.";
        }
        else if (!byString && !byName)
        {
            yield return $"The driver AzureServiceBus does not know its bus. Set {Section}:FullyQualifiedNamespace, such as contoso.servicebus.windows.net, or {Section}:ConnectionString.";
        }
        else if (byString)
        {
            foreach (var fault in ConnectionString(options))
            {
                yield return fault;
            }
        }
        else if (Uri.CheckHostName(options.FullyQualifiedNamespace) != UriHostNameType.Dns || !options.FullyQualifiedNamespace!.Contains('.', StringComparison.Ordinal))
        {
            yield return $"{Section}:FullyQualifiedNamespace is '{options.FullyQualifiedNamespace}', which is no host's full name. Set it to one such as contoso.servicebus.windows.net, without sb:// before it.";
        }
    }

    private static IEnumerable<string> ConnectionString(AzureServiceBusOptions options)
    {
        var read = Read(options.ConnectionString!);
        if (read is null)
        {
            yield return $"{Section}:ConnectionString cannot be read (it is not shown here, as it holds a key). Copy it whole from the portal: Endpoint=sb://...;SharedAccessKeyName=...;SharedAccessKey=...";
        }
        else if (!string.IsNullOrEmpty(read.EntityPath) && !string.Equals(read.EntityPath, options.SendTo, StringComparison.OrdinalIgnoreCase))
        {
            yield return $"{Section}:ConnectionString is made for '{read.EntityPath}', but the settings use '{options.SendTo}'. Set {Section}:{(options.UsesTopic ? "Topic" : "Queue")} to '{read.EntityPath}', or take a connection string of the whole namespace.";
        }
    }

    private static ServiceBusConnectionStringProperties? Read(string text)
    {
        try
        {
            return ServiceBusConnectionStringProperties.Parse(text) is { FullyQualifiedNamespace.Length: > 0 } read ? read : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Entity(AzureServiceBusOptions options)
    {
        var subscription = !string.IsNullOrWhiteSpace(options.Subscription);
        if (options.UsesTopic && !string.IsNullOrWhiteSpace(options.Queue))
        {
            yield return $"{Section}:Queue and {Section}:Topic are both set, and events can come from only one. Remove one of them.";
        }

        if (options.UsesTopic && !subscription)
        {
            yield return $"{Section}:Topic is set to '{options.Topic}' but {Section}:Subscription is not, and a topic can only be received by a subscription. Set {Section}:Subscription.";
        }

        if (!options.UsesTopic && subscription)
        {
            yield return $"{Section}:Subscription is set to '{options.Subscription}' but {Section}:Topic is not. Set {Section}:Topic, or remove the subscription.";
        }
    }

    private static IEnumerable<string> Numbers(AzureServiceBusOptions options)
    {
        (string Name, int Value)[] atLeastOne =
        [
            (nameof(options.MaxConcurrentSessions), options.MaxConcurrentSessions),
            (nameof(options.MaxInFlightPerSession), options.MaxInFlightPerSession),
            (nameof(options.MaxInFlight), options.MaxInFlight),
        ];
        foreach (var (name, value) in atLeastOne.Where(o => o.Value < 1))
        {
            yield return $"{Section}:{name} is {value}. Set it to 1 or more.";
        }

        if (options.Prefetch < 0)
        {
            yield return $"{Section}:Prefetch is {options.Prefetch}. Set it to 0 for none, or more.";
        }
    }

    private static IEnumerable<string> Times(AzureServiceBusOptions options)
    {
        if (options.MaxLockRenewal <= TimeSpan.Zero || options.MaxLockRenewal > LongestRenewal)
        {
            yield return $"{Section}:MaxLockRenewal is {options.MaxLockRenewal}. The bus does not keep a lock reliably for longer: set it to more than zero and at most {LongestRenewal}.";
        }

        if (options.SessionIdle <= TimeSpan.Zero)
        {
            yield return $"{Section}:SessionIdle is {options.SessionIdle}. Set it to more than zero, such as 00:00:01.";
        }

        if (options.MaxBackoff <= TimeSpan.Zero)
        {
            yield return $"{Section}:MaxBackoff is {options.MaxBackoff}. Set it to more than zero, such as 00:00:30.";
        }
    }
}
