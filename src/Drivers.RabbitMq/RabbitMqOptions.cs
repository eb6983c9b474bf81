namespace Flatfile.Agent.Drivers.RabbitMq;

/// <summary>How the RabbitMq driver reaches its broker and what it calls its own there, section <c>Agent:RabbitMq</c>.</summary>
public sealed class RabbitMqOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Agent:RabbitMq";

    /// <summary>The broker: <c>amqp://host:port/vhost</c>, or <c>amqps://</c> for TLS. May carry user and password.</summary>
    public string Uri { get; set; } = "amqp://localhost:5672/";

    /// <summary>The user, when the address names none.</summary>
    public string? UserName { get; set; }

    /// <summary>The user's password, when the address has none.</summary>
    public string? Password { get; set; }

    /// <summary>What the names of exchanges and queues begin with.</summary>
    public string Prefix { get; set; } = "flatfile.events";

    /// <summary>Queues the events are spread over by ordering key. All publishers and receivers of a prefix must have the same number.</summary>
    public int Partitions { get; set; } = 8;

    /// <summary>Who chooses the queue of an event.</summary>
    public PartitionExchange Exchange { get; set; } = PartitionExchange.Direct;

    /// <summary>Events in hand over all queues; null for <c>Agent:MaxInFlight</c>.</summary>
    public int? MaxInFlight { get; set; }

    /// <summary>True to make exchanges and queues that are missing; false when somebody else makes them and the user may not.</summary>
    public bool DeclareTopology { get; set; } = true;

    /// <summary>How often each side shows that it is there; two missed ones end the connection.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long one try to connect, or one question to the broker, may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest pause between two tries while the broker is away.</summary>
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a process that receives from more than its share of the queues leaves some to others.</summary>
    public TimeSpan ShareInterval { get; set; } = TimeSpan.FromSeconds(15);
}
