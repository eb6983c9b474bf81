namespace Flatfile.Agent.Core.Drivers.Webhook;

/// <summary>What the headers of a request say about its sender, before its body is read.</summary>
/// <param name="Refusal">Why it is refused already, for our log; null when it is not.</param>
/// <param name="Id">The message id of a signed request; null for others.</param>
/// <param name="Timestamp">The time as written.</param>
/// <param name="Signatures">The signatures of the version we know.</param>
internal sealed record WebhookCaller(string? Refusal, string? Id, string Timestamp, IReadOnlyList<byte[]> Signatures)
{
    public static WebhookCaller Trusted { get; } = new(null, null, string.Empty, []);

    public static WebhookCaller Refused(string why) => new(why, null, string.Empty, []);
}
