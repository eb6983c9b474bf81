using Flatfile.Agent;

namespace Doorkeeper;

/// <summary>Partners read, and nobody comes in from a domain that is closed.</summary>
public sealed class PartnersRead : IAccessHandler
{
    public ValueTask<AccessDecision> DecideAsync(AccessRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(
        request.UserEmail.EndsWith("@closed.example", StringComparison.OrdinalIgnoreCase) ? AccessDecision.Deny("This domain is closed.")
        : request.UserEmail.EndsWith("@partner.example", StringComparison.OrdinalIgnoreCase) ? AccessDecision.AtMost("viewer")
        : AccessDecision.Allow);
}
