namespace Flatfile.Spaces;

/// <summary>
/// Asked before a user or guest is let into a space: may allow, refuse, or lower the role. Every handler registered is asked, all at once, and the
/// strictest answer counts. The whole decision has <see cref="SpacesOptions.AccessHandlerTime"/>; a handler that throws or is late counts
/// as a refusal, unless <see cref="SpacesOptions.AccessFailsClosed"/> is off.
/// </summary>
public interface ISpaceAccessHandler
{
    /// <summary>Decides. The answer holds for <see cref="SpacesOptions.AccessPeriod"/>.</summary>
    ValueTask<SpaceAccessDecision> DecideAsync(SpaceAccessRequest request, CancellationToken cancellationToken);
}
