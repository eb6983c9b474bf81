using Flatfile.Agent;
using Flatfile.Agent.Drivers.AzureServiceBus;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Drivers.AzureServiceBus.Tests;

/// <summary>What is wrong with the settings is said before anybody is called, and no secret is repeated.</summary>
public sealed class OptionsTests
{
    private const string Key = "c2VjcmV0LWtleS1vZi10aGUtYnVz";
    private const string Good = "Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=agent;SharedAccessKey=" + Key;

    [Fact]
    public void WithoutAPlaceItSaysWhatToSet() => Assert.Equal(
        ["The driver AzureServiceBus does not know its bus. Set Agent:AzureServiceBus:FullyQualifiedNamespace, such as contoso.servicebus.windows.net, or Agent:AzureServiceBus:ConnectionString."],
        Faults());

    [Fact]
    public void AConnectionStringOrANamespaceIsEnough()
    {
        Assert.Empty(Faults(("ConnectionString", Good)));
        Assert.Empty(Faults(("FullyQualifiedNamespace", "contoso.servicebus.windows.net")));
        Assert.Single(Faults(("ConnectionString", Good), ("FullyQualifiedNamespace", "contoso.servicebus.windows.net")));
    }

    [Theory]
    [InlineData("sb://contoso.servicebus.windows.net")]
    [InlineData("contoso")]
    [InlineData("a b.net")]
    public void ANamespaceThatIsNoHostsFullNameIsAFault(string name) => Assert.Contains(name, Assert.Single(Faults(("FullyQualifiedNamespace", name))));

    [Theory]
    [InlineData("SharedAccessKey=" + Key)]
    [InlineData(Key)]
    public void AnUnreadableConnectionStringIsAFaultThatDoesNotShowIt(string text)
    {
        var fault = Assert.Single(Faults(("ConnectionString", text)));

        Assert.Contains("Agent:AzureServiceBus:ConnectionString cannot be read", fault);
        Assert.DoesNotContain(Key, fault);
    }

    [Fact]
    public void AConnectionStringMadeForAnotherQueueIsAFault()
    {
        var fault = Assert.Single(Faults(("ConnectionString", Good + ";EntityPath=orders"), ("Queue", "events")));

        Assert.Contains("made for 'orders', but the settings use 'events'", fault);
        Assert.DoesNotContain(Key, fault);
        Assert.Empty(Faults(("ConnectionString", Good + ";EntityPath=events"), ("Queue", "events")));
    }

    [Fact]
    public void QueueTopicAndSubscriptionMustFitTogether()
    {
        Assert.Empty(Faults(("ConnectionString", Good), ("Topic", "t"), ("Subscription", "s")));
        Assert.Contains("Subscription is not", Assert.Single(Faults(("ConnectionString", Good), ("Topic", "t"))));
        Assert.Contains("Set Agent:AzureServiceBus:Topic", Assert.Single(Faults(("ConnectionString", Good), ("Subscription", "s"))));
        Assert.Contains("Remove one of them", Assert.Single(Faults(("ConnectionString", Good), ("Topic", "t"), ("Subscription", "s"), ("Queue", "q"))));
    }

    [Theory]
    [InlineData("MaxInFlight", "0")]
    [InlineData("MaxInFlightPerSession", "0")]
    [InlineData("MaxConcurrentSessions", "-1")]
    [InlineData("Prefetch", "-1")]
    [InlineData("MaxLockRenewal", "00:00:00")]
    [InlineData("MaxLockRenewal", "00:17:00")]
    [InlineData("SessionIdle", "00:00:00")]
    [InlineData("MaxBackoff", "00:00:00")]
    public void ANumberOutOfRangeIsAFault(string name, string value) =>
        Assert.StartsWith($"Agent:AzureServiceBus:{name} is {value}.", Assert.Single(Faults(("ConnectionString", Good), (name, value))));

    [Fact]
    public async Task WrongSettingsFailAPublicationWithTheSameSentences()
    {
        await using var services = Services([]);

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => services.GetRequiredService<IEventPublisher>().PublishAsync([], CancellationToken.None));

        Assert.Contains("does not know its bus", fault.Message);
    }

    internal static ServiceProvider Services(IEnumerable<(string Name, string Value)> settings, Action<IServiceCollection>? more = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create("Agent:AzureServiceBus:" + s.Name, (string?)s.Value))).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddAzureServiceBusDriver(configuration);
        more?.Invoke(services);
        return services.BuildServiceProvider();
    }

    private static string[] Faults(params (string Name, string Value)[] settings)
    {
        using var services = Services(settings);
        return [.. services.GetRequiredService<IEventDriver>().FaultsInSettings()];
    }
}
