using System.Text;
using Contracts.Drivers;
using Contracts.Support;
using Flatfile.Agent;
using Flatfile.Agent.Drivers.AzureServiceBus;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Drivers.AzureServiceBus.Tests.Support;

/// <summary>A queue or subscription of a real bus, empty at the beginning; drivers reach it through a connection that can be cut.</summary>
internal sealed class ServiceBusHarness : EventDriverHarness
{
    private readonly TcpProxy? _proxy;
    private readonly Dictionary<string, string?> _settings;
    private readonly List<(IEventDriver Driver, ServiceProvider Services)> _started = [];
    private ServiceProvider? _source;
    private TaskCompletionSource<Task> _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServiceBusHarness(TcpProxy? proxy, Dictionary<string, string?> settings)
    {
        (_proxy, _settings) = (proxy, settings);
    }

    public override bool HasDeadLetters => true;

    public override bool Publishes => true;

    public static Task<ServiceBusHarness> QueueAsync(bool sessions, int perSession = MaxInFlight) => CreateAsync(
        sessions ? LiveBus.SessionQueue : LiveBus.PlainQueue, null, sessions, new()
        {
            ["Queue"] = sessions ? LiveBus.SessionQueue : LiveBus.PlainQueue,
            ["Sessions"] = sessions.ToString(),
            ["MaxInFlightPerSession"] = perSession.ToString(System.Globalization.CultureInfo.InvariantCulture),
        });

    public static Task<ServiceBusHarness> SubscriptionAsync() => CreateAsync(LiveBus.Topic, LiveBus.Subscription, false, new()
    {
        ["Topic"] = LiveBus.Topic,
        ["Subscription"] = LiveBus.Subscription,
        ["Sessions"] = "false",
    });

    /// <summary>The services a host would have, with the settings of this harness and what the caller changes.</summary>
    public ServiceProvider Services(Action<Dictionary<string, string?>>? change = null, Action<IServiceCollection>? more = null)
    {
        var settings = new Dictionary<string, string?>(_settings);
        change?.Invoke(settings);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create("Agent:AzureServiceBus:" + s.Key, s.Value))).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddAzureServiceBusDriver(configuration);
        more?.Invoke(services);
        return services.BuildServiceProvider();
    }

    public override Task PublishAsync(string id, string key) => PublishAsync([(id, key)]);

    public override async Task PublishAsync(IReadOnlyList<(string Id, string Key)> events)
    {
        // Not by the proxy: that is what drivers go through.
        _source ??= Services(s => s["ConnectionString"] = LiveBus.ConnectionString);
        await _source.GetRequiredService<IEventPublisher>().PublishAsync([.. events.Select(e => Outgoing(e.Id, e.Key))], CancellationToken.None);
    }

    public override Task<IEventDriver> StartDriverAsync()
    {
        var services = Services();
        var driver = services.GetRequiredService<IEventDriver>();
        _started.Add((driver, services));
        return Task.FromResult(driver);
    }

    public override Task BreakAsync()
    {
        _broken.TrySetResult(Proxy.Break());
        return Task.CompletedTask;
    }

    public override Task HealAsync()
    {
        _broken = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        Proxy.Heal();
        return Task.CompletedTask;
    }

    public override async Task WhenRefusedAsync() => await await _broken.Task;

    public override IBusDeadLetters? DeadLettersOf(IEventDriver driver) => Of(driver).GetRequiredService<IBusDeadLetters>();

    public override IEventPublisher? PublisherOf(IEventDriver driver) => Of(driver).GetRequiredService<IEventPublisher>();

    public override async ValueTask DisposeAsync()
    {
        foreach (var (_, services) in _started)
        {
            await services.DisposeAsync();
        }

        if (_source is not null)
        {
            await _source.DisposeAsync();
        }

        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }
    }

    public static OutgoingEvent Outgoing(string id, string key, string? topic = null)
    {
        var text = Event(id, key, TimeProvider.System.GetUtcNow());
        var body = Encoding.UTF8.GetBytes(topic is null ? text : text.Replace("space:updated", topic, StringComparison.Ordinal));
        return OutgoingEvent.Of(FlatfileEvent.Parse(body), body);
    }

    private TcpProxy Proxy => _proxy ?? throw new InvalidOperationException("This bus is not on this machine without encryption, so its connection cannot be cut. Run this test against an emulator.");

    private static async Task<ServiceBusHarness> CreateAsync(string entity, string? subscription, bool sessions, Dictionary<string, string?> settings)
    {
        await LiveBus.EmptyAsync(entity, subscription, sessions);
        var proxy = LiveBus.LoopbackPort is { } port ? new TcpProxy(port) : null;
        settings["ConnectionString"] = proxy is null ? LiveBus.ConnectionString : LiveBus.Through(proxy.Port);
        settings["MaxInFlight"] = MaxInFlight.ToString(System.Globalization.CultureInfo.InvariantCulture);
        settings["MaxConcurrentSessions"] = "64";

        // Some emulators answer "no session" at once instead of waiting for one: ask often.
        settings["MaxBackoff"] = "00:00:00.100";
        return new ServiceBusHarness(proxy, settings);
    }

    private ServiceProvider Of(IEventDriver driver) => _started.Single(s => ReferenceEquals(s.Driver, driver)).Services;
}
