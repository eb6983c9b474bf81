namespace Flatfile.Spaces;

/// <summary>Sends invitations. Without one of yours they are put as files into <c>mail</c> in the data folder.</summary>
public interface IInvitationSender
{
    /// <summary>Sends one. When it throws, the call that invited fails and says that nothing was sent.</summary>
    Task SendAsync(Invitation invitation, CancellationToken cancellationToken);
}
