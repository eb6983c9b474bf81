using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Auth.Invitations;

/// <summary>Links that let somebody in: the shared one of a space, and those made for one person, which work once. Neither is good as a bearer token.</summary>
internal sealed class InvitationLinks(SignedToken tokens, CentralStore central, IInvitationSender sender, SpacesOptions options, TimeProvider time)
{
    private const string SharedKind = "link";
    private const string PersonalKind = "invite";

    /// <summary>The link anybody with it may come in by.</summary>
    public Uri Shared(SpaceFolder space) => Shared(space.Id);

    /// <inheritdoc cref="Shared(SpaceFolder)" />
    public Uri Shared(string spaceId) => To($"space/{spaceId}", tokens.IssueForToday(SharedKind, spaceId, options.SharedLinkLife));

    /// <summary>Where guests go who are sent a link of their own when they say who they are.</summary>
    public Uri Plain(string spaceId) => new(options.BaseUrl, $"space/{spaceId}");

    /// <summary>The space a shared link's token is of, or null.</summary>
    public string? SpaceOf(string token) => tokens.Open(SharedKind, token);

    /// <summary>Sends a user or guest a link of their own. What was sent before stays good until it is used or ends.</summary>
    public async Task SendAsync(string subject, string email, string name, SpaceFolder? space, string fromName, string message, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid().ToString("N");
        await central.WriteAsync(
            space?.EnvironmentId ?? "", "",
            change =>
            {
                change.Connection.Execute("DELETE FROM invitations WHERE used_at IS NOT NULL AND used_at < $old", ("$old", Wire.Time(change.Now - options.InvitationLife)));
                return change.Connection.Execute(
                    "INSERT INTO invitations(id, subject, space) VALUES ($id, $subject, $space)", ("$id", id), ("$subject", subject), ("$space", space?.Number ?? 0));
            },
            cancellationToken).ConfigureAwait(false);
        var title = space is null ? "" : await space.ReadAsync(read => read.Space.Text("name") ?? "", cancellationToken).ConfigureAwait(false);
        await SendAsync(new Invitation
        {
            To = email,
            Name = name,
            FromName = fromName,
            Message = message,
            SpaceName = title,
            Link = To(space is null ? "invitation" : $"space/{space.Id}", tokens.Issue(PersonalKind, id, options.InvitationLife)),
            ExpiresAt = time.GetUtcNow() + options.InvitationLife,
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends somebody the shared link.</summary>
    public async Task SendSharedAsync(string email, string name, SpaceFolder space, string fromName, string message, CancellationToken cancellationToken) => await SendAsync(
        new Invitation
        {
            To = email,
            Name = name,
            FromName = fromName,
            Message = message,
            SpaceName = await space.ReadAsync(read => read.Space.Text("name") ?? "", cancellationToken).ConfigureAwait(false),
            Link = Shared(space),
            ExpiresAt = time.GetUtcNow() + options.SharedLinkLife,
        },
        cancellationToken).ConfigureAwait(false);

    /// <summary>Uses up a personal link: whose it is and for which space (0: none); null when it is not good any more.</summary>
    public async Task<(string Subject, long Space)?> UseAsync(string token, CancellationToken cancellationToken)
    {
        if (tokens.Open(PersonalKind, token) is not { } id)
        {
            return null;
        }

        return await central.WriteAsync(
            "", "",
            change => change.Connection.Execute("UPDATE invitations SET used_at = $now WHERE id = $id AND used_at IS NULL", ("$now", change.NowText), ("$id", id)) == 1
                ? change.Connection.Row("SELECT subject, space FROM invitations WHERE id = $id", row => Tuple.Create(row.GetString(0), row.GetInt64(1)), ("$id", id)) is { } found
                    ? ((string, long)?)(found.Item1, found.Item2) : null
                : null,
            cancellationToken).ConfigureAwait(false);
    }

    private async Task SendAsync(Invitation invitation, CancellationToken cancellationToken)
    {
        try
        {
            await sender.SendAsync(invitation, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new ApiRefusal(503, new ApiFault(null, "The invitation could not be sent; the server's log says why. Try again later."))
            {
                Data = { ["cause"] = fault.ToString() },
            };
        }
    }

    private Uri To(string path, string token) => new(options.BaseUrl, $"{path}?token={Uri.EscapeDataString(token)}");
}
