namespace Flatfile.Agent.Drivers.AzureServiceBus;

/// <summary>The bus and how events are taken from it, section <c>Agent:AzureServiceBus</c>.</summary>
internal sealed class AzureServiceBusOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Agent:AzureServiceBus";

    /// <summary>The queue that is used when neither a queue nor a topic is named.</summary>
    public const string DefaultQueue = "flatfile-events";

    /// <summary>A secret. Either this, or <see cref="FullyQualifiedNamespace"/> with the identity the process runs under.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Such as <c>contoso.servicebus.windows.net</c>; who we are is found by Azure.Identity.</summary>
    public string? FullyQualifiedNamespace { get; set; }

    /// <summary>The queue; empty with a topic, else <see cref="DefaultQueue"/>.</summary>
    public string? Queue { get; set; }

    /// <summary>The topic events are published to and whose subscription is received from.</summary>
    public string? Topic { get; set; }

    /// <summary>The subscription of the topic.</summary>
    public string? Subscription { get; set; }

    /// <summary>The session id is the ordering key. Without sessions the bus keeps no order between events in hand.</summary>
    public bool Sessions { get; set; } = true;

    /// <summary>Sessions held beside each other, those that wait to give an event back included.</summary>
    public int MaxConcurrentSessions { get; set; } = 64;

    /// <summary>Events of one session in hand. With 1 an event that is given back is never overtaken; more are faster, and handed over in order.</summary>
    public int MaxInFlightPerSession { get; set; } = 1;

    /// <summary>Events in hand; more wait at the bus.</summary>
    public int MaxInFlight { get; set; } = 32;

    /// <summary>Events fetched ahead of the one in hand; never more than <see cref="MaxInFlight"/>.</summary>
    public int Prefetch { get; set; }

    /// <summary>How long the lock of an event in hand, or waiting to be given back, is renewed.</summary>
    public TimeSpan MaxLockRenewal { get; set; } = TimeSpan.FromMinutes(8);

    /// <summary>How long a session is kept in which nothing comes.</summary>
    public TimeSpan SessionIdle { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause while the bus does not answer.</summary>
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Makes the queue, or the topic and its subscription, where they are missing. Needs the right to manage.</summary>
    public bool CreateEntities { get; set; }

    /// <summary>Keeps rules at the subscription so that only events with a handler are delivered, where every handler names its topics plainly.</summary>
    public bool PushDownTopics { get; set; } = true;

    /// <summary>Goes through port 443, for networks that let nothing else out.</summary>
    public bool WebSockets { get; set; }

    /// <summary>Where events are published to.</summary>
    public string SendTo => UsesTopic ? Topic! : string.IsNullOrWhiteSpace(Queue) ? DefaultQueue : Queue;

    /// <summary>True when events come by a topic's subscription.</summary>
    public bool UsesTopic => !string.IsNullOrWhiteSpace(Topic);

    /// <summary>What events are received from, as a person would call it.</summary>
    public string ReceiveFrom => UsesTopic ? $"subscription {Subscription} of topic {Topic}" : $"queue {SendTo}";
}
