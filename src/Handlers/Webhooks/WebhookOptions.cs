namespace Flatfile.Agent.Handlers.Webhooks;

/// <summary>Where messages go, how they are signed, and how patient the sender is. Settings only.</summary>
internal sealed record WebhookOptions
{
    /// <summary>An absolute address, https or http, without user name.</summary>
    public string? Url { get; set; }

    /// <summary>Signs the messages: <c>whsec_</c> and a key of 24 bytes or more in base64. Several, separated by blanks, while one takes the place of another.</summary>
    public string? Secret { get; set; }

    /// <summary>Hosts that may be reached although their addresses are private, link-local or this machine's, or their port is another service's.</summary>
    public IReadOnlyList<string> PrivateHosts { get; set; } = [];

    /// <summary>Hosts a job's input may name in its own <c>url</c>; without them none may.</summary>
    public IReadOnlyList<string> JobHosts { get; set; } = [];

    /// <summary>Further headers, such as <c>Authorization</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>();

    /// <summary>The longest one attempt may take.</summary>
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>Attempts at one message in one run.</summary>
    public int MaxAttempts { get; set; } = 6;

    /// <summary>The longest answer that is read, in bytes.</summary>
    public int MaxAnswerBytes { get; set; } = 1024 * 1024;
}
