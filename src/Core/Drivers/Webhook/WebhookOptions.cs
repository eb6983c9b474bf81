namespace Flatfile.Agent.Core.Drivers.Webhook;

/// <summary>The endpoint of the Webhook driver, section <c>Agent:Webhook</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>Where events are posted to. Not below <c>/agent</c>, which needs the operator's key, nor below <c>/v1</c>, where the API stands.</summary>
    public string Path { get; set; } = "/webhook";

    /// <summary>Secrets of the Standard Webhooks form, <c>whsec_…</c>; a signature by any of them counts, so that one can be changed for another.</summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>Instead of signatures: what must stand behind <c>Authorization: Bearer</c>; any of them counts.</summary>
    public IList<string> Tokens { get; } = [];

    /// <summary>How far the time of a signature may be from ours.</summary>
    public TimeSpan Tolerance { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The largest body taken in.</summary>
    public int MaxBodyBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>Bodies being read at once, together; beyond it senders are asked to come again.</summary>
    public long MaxBufferedBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>The most events of one body.</summary>
    public int MaxEvents { get; set; } = 10_000;

    /// <summary>Requests of one address in a second, on average.</summary>
    public double Rate { get; set; } = 200;

    /// <summary>Requests of one address at once, after a rest.</summary>
    public int Burst { get; set; } = 400;

    /// <summary>Events that may wait; beyond it senders are asked to come again.</summary>
    public long MaxQueuedEvents { get; set; } = 200_000;

    /// <summary>Bytes of events that may wait.</summary>
    public long MaxQueuedBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>On a store shared by several agents: how soon another one goes on handing over after the one that did died.</summary>
    public TimeSpan Takeover { get; set; } = TimeSpan.FromSeconds(15);
}
