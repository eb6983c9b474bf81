namespace Flatfile.Agent;

/// <summary>Decides who may come into a space while the person waits. A plugin contributes one by implementing this; Spaces asks it, Flatfile's cloud does not.</summary>
/// <remarks>
/// It is made anew for every decision. All handlers are asked at once and the strictest answer counts. Together they have half a second; one that
/// throws or is late counts as a refusal, unless the server is set otherwise. A decision holds for an hour.
/// </remarks>
public interface IAccessHandler
{
    /// <summary>Allows, refuses, or lowers the role.</summary>
    ValueTask<AccessDecision> DecideAsync(AccessRequest request, CancellationToken cancellationToken);
}
