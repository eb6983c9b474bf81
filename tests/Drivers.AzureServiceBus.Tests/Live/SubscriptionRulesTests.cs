using Azure.Messaging.ServiceBus;
using Azure.Messaging.ServiceBus.Administration;
using Contracts.Drivers;
using Contracts.Support;
using Drivers.AzureServiceBus.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Drivers.AzureServiceBus.Rules;
using Microsoft.Extensions.DependencyInjection;

namespace Drivers.AzureServiceBus.Tests.Live;

/// <summary>Rules that the driver keeps at a real subscription.</summary>
[Collection(nameof(LiveBus))]
public sealed class SubscriptionRulesTests : IAsyncLifetime
{
    private readonly Arrivals<string> _received = new("events");
    private readonly BoundList _bound = new() { Topics = ["file:created"] };
    private ServiceBusHarness _harness = null!;
    private ServiceBusClient _client = null!;
    private ServiceBusRuleManager _rules = null!;

    public async Task InitializeAsync()
    {
        _harness = await ServiceBusHarness.SubscriptionAsync();
        _client = new ServiceBusClient(LiveBus.ConnectionString);
        _rules = _client.CreateRuleManager(LiveBus.Topic, LiveBus.Subscription);
    }

    /// <summary>As it was before: the other tests of this subscription need every event.</summary>
    public async Task DisposeAsync()
    {
        var names = await NamesAsync();
        if (!names.Contains(RulePlan.DefaultRule))
        {
            await _rules.CreateRuleAsync(new CreateRuleOptions(RulePlan.DefaultRule, new TrueRuleFilter()));
        }

        foreach (var name in names.Where(n => n != RulePlan.DefaultRule))
        {
            await _rules.DeleteRuleAsync(name);
        }

        await _rules.DisposeAsync();
        await _client.DisposeAsync();
        await _harness.DisposeAsync();
    }

    [Fact]
    public async Task OnlyEventsWithAHandlerComeAndThoseOfALaterHandlerFromThenOn()
    {
        await using var services = _harness.Services(more: s => s.AddSingleton<IBoundTopics>(_bound));
        await using var running = Run(services);
        await RulesForAsync("file:created");
        await PublishAsync(services, ("us_evt_1", "job:ready"), ("us_evt_2", "file:created"));
        await _received.WaitForAsync(1);

        _bound.Topics = ["file:created", "job:ready"];
        await RulesForAsync("file:created", "job:ready");
        await PublishAsync(services, ("us_evt_3", "job:ready"), ("us_evt_4", "file:created"), ("us_evt_5", "space:created"));
        await _received.WaitForAsync(3);
        await PublishAsync(services, ("us_evt_6", "file:created"));

        Assert.Equal(["us_evt_2", "us_evt_3", "us_evt_4", "us_evt_6"], (await _received.WaitForAsync(4)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AHandlerOfAnyTopicGetsEveryEvent()
    {
        _bound.Topics = null;
        await using var services = _harness.Services(more: s => s.AddSingleton<IBoundTopics>(_bound));
        await using var running = Run(services);
        await Signal.UntilAsync(async () => (await NamesAsync()) is [var only] && only != RulePlan.DefaultRule, "the rule for everything in place of the first one");
        await PublishAsync(services, ("us_evt_1", "job:ready"), ("us_evt_2", "space:created"));

        Assert.Equal(["us_evt_1", "us_evt_2"], (await _received.WaitForAsync(2)).Order(StringComparer.Ordinal));
    }

    private RunningDriver Run(ServiceProvider services) => new(services.GetRequiredService<IEventDriver>(), (delivery, token) =>
    {
        _received.Add(FlatfileEvent.Parse(delivery.Body).Id);
        return delivery.CompleteAsync(token);
    });

    private static Task PublishAsync(ServiceProvider services, params (string Id, string Topic)[] events) => services.GetRequiredService<IEventPublisher>()
        .PublishAsync([.. events.Select(e => ServiceBusHarness.Outgoing(e.Id, "a", e.Topic))], CancellationToken.None);

    private Task RulesForAsync(params string[] topics) => Signal.UntilAsync(
        async () => await NamesAsync() is var names && !names.Contains(RulePlan.DefaultRule) && RulePlan.Missing(names, topics).Count == 0,
        $"rules for {string.Join(", ", topics)} only");

    private async Task<List<string>> NamesAsync()
    {
        var names = new List<string>();
        await foreach (var rule in _rules.GetRulesAsync())
        {
            names.Add(rule.Name);
        }

        return names;
    }

    private sealed class BoundList : IBoundTopics
    {
        public IReadOnlyCollection<string>? Topics { get; set; }
    }
}
