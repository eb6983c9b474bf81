namespace Flatfile.Agent.Handlers.Forwarding;

/// <summary>Which events are forwarded; where to says the same section, see <see cref="Webhooks.WebhookOptions"/>.</summary>
/// <remarks>Members are set, not initialised: the reader of JSON would else put nothing in the place of their defaults.</remarks>
internal sealed record ForwardingOptions
{
    /// <summary>Topic globs, such as <c>job:*</c>; without one nothing is forwarded.</summary>
    public IReadOnlyList<string> Topics { get; set; } = [];
}
