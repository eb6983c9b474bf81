using Contracts.Drivers;
using Contracts.Services;
using Contracts.Support;
using Flatfile.Agent;
using Flatfile.Agent.Drivers.RabbitMq;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Drivers.RabbitMq.Tests;

/// <summary>The RabbitMq driver over a broker, through a proxy that can be broken. Each harness has its own queues.</summary>
internal sealed class RabbitMqHarness(RabbitMqBroker broker) : EventDriverHarness
{
    private readonly string _prefix = "t" + Guid.NewGuid().ToString("N");
    private readonly List<RabbitMqLinks> _links = [];
    private RabbitMqDriver? _direct;
    private Task _refused = Task.CompletedTask;

    public override bool HasDeadLetters => true;

    public override bool Publishes => true;

    public ILogger<RabbitMqDriver> Log { get; init; } = NullLogger<RabbitMqDriver>.Instance;

    public PartitionExchange Exchange { get; init; }

    public int Partitions { get; init; } = 2;

    public TimeSpan ShareInterval { get; init; } = TimeSpan.FromSeconds(15);

    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    public TcpProxy Proxy { get; } = new(broker.Port);

    public string Prefix => _prefix;

    public Topology Topology => new(Options(broker.AmqpUri));

    public RabbitMqOptions Options(Uri address) => new()
    {
        Uri = address.AbsoluteUri,
        Prefix = _prefix,
        Partitions = Partitions,
        Exchange = Exchange,
        MaxInFlight = MaxInFlight,
        Timeout = TimeSpan.FromSeconds(5),
        MaxBackoff = TimeSpan.FromSeconds(2),
        ShareInterval = ShareInterval,
        Heartbeat = Heartbeat,
    };

    /// <summary>A driver over the broker at this address.</summary>
    public RabbitMqDriver Driver(Uri address)
    {
        var options = Microsoft.Extensions.Options.Options.Create(Options(address));
        var links = new RabbitMqLinks(options);
        _links.Add(links);
        LastDeadLetters = new RabbitMqDeadLetters(links, TimeProvider.System);
        return new RabbitMqDriver(options, links, LastDeadLetters, TimeProvider.System, Log);
    }

    public RabbitMqDeadLetters? LastDeadLetters { get; private set; }

    public override Task PublishAsync(string id, string key) => PublishAsync([(id, key)]);

    public override Task PublishAsync(IReadOnlyList<(string Id, string Key)> events)
    {
        _direct ??= Driver(broker.AmqpUri);
        return _direct.PublishAsync([.. events.Select(e => Outgoing(e.Id, e.Key))], CancellationToken.None);
    }

    /// <summary>Receives one message of a queue; a queue with a single active consumer gives nothing without one.</summary>
    public static async Task<BasicDeliverEventArgs> TakeAsync(IChannel channel, string queue)
    {
        var taken = new TaskCompletionSource<BasicDeliverEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            taken.TrySetResult(message);
            return Task.CompletedTask;
        };
        await channel.BasicQosAsync(0, 1, global: false);
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer);
        await Signal.WaitAsync(taken.Task, "a message of " + queue);
        return await taken.Task;
    }

    public static OutgoingEvent Outgoing(string id, string key)
    {
        var body = System.Text.Encoding.UTF8.GetBytes(Event(id, key, TimeProvider.System.GetUtcNow()));
        return OutgoingEvent.Of(FlatfileEvent.Parse(body), body);
    }

    public override Task<IEventDriver> StartDriverAsync() => Task.FromResult<IEventDriver>(Driver(RabbitMqBroker.UriAt(Proxy.Port)));

    public override IBusDeadLetters DeadLettersOf(IEventDriver driver) => LastDeadLetters!;

    public override Task BreakAsync()
    {
        _refused = Proxy.Break();
        return Task.CompletedTask;
    }

    public override Task HealAsync()
    {
        Proxy.Heal();
        return Task.CompletedTask;
    }

    public override Task WhenRefusedAsync() => _refused;

    public override async Task<int?> HeldAsync(int unsettled) => unsettled - await WaitingAsync();

    /// <summary>Events the queues have given to nobody.</summary>
    public async Task<int> WaitingAsync()
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        var waiting = 0U;
        for (var i = 0; i < Partitions; i++)
        {
            waiting += await channel.MessageCountAsync(Topology.Queue(i));
        }

        return (int)waiting;
    }

    public Task<IConnection> ConnectAsync() => new ConnectionFactory { Uri = broker.AmqpUri, AutomaticRecoveryEnabled = false }.CreateConnectionAsync();

    public override async ValueTask DisposeAsync()
    {
        foreach (var links in _links)
        {
            await links.DisposeAsync();
        }

        await Proxy.DisposeAsync();
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        for (var i = 0; i < Partitions; i++)
        {
            await channel.QueueDeleteAsync(Topology.Queue(i));
        }

        await channel.QueueDeleteAsync(Topology.DeadQueue);
        await channel.ExchangeDeleteAsync(Topology.Exchange);
        await channel.ExchangeDeleteAsync(Topology.DeadExchange);
    }
}
