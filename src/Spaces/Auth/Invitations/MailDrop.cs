using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Auth.Invitations;

/// <summary>Puts invitations as mail files into the data folder, for their owner to read or to send on. Used where no sender is registered.</summary>
internal sealed class MailDrop(DataFolder folder, TimeProvider time) : IInvitationSender
{
    /// <inheritdoc />
    public async Task SendAsync(Invitation invitation, CancellationToken cancellationToken)
    {
        DataFolder.CreatePrivate(folder.Mail);

        // Nothing a client wrote gets into the name of the file.
        var name = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyyMMdd'T'HHmmssfff}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}.eml");
        var settings = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new StreamWriter(Path.Combine(folder.Mail, name), Encoding.UTF8, settings);
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(Text(invitation).AsMemory(), cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Text(Invitation invitation)
    {
        var to = invitation.SpaceName.Length > 0 ? invitation.SpaceName : "Flatfile";
        var text = new StringBuilder()
            .Append("To: ").AppendLine(invitation.To)
            .Append("Subject: ").AppendLine("=?utf-8?B?" + Convert.ToBase64String(Encoding.UTF8.GetBytes("You are invited to " + to)) + "?=")
            .AppendLine("MIME-Version: 1.0").AppendLine("Content-Type: text/plain; charset=utf-8").AppendLine("Content-Transfer-Encoding: 8bit").AppendLine()
            .Append(CultureInfo.InvariantCulture, $"{(invitation.FromName.Length > 0 ? invitation.FromName : "Somebody")} invites you to {to}.").AppendLine();
        if (invitation.Message.Length > 0)
        {
            text.AppendLine().AppendLine(invitation.Message);
        }

        return text.AppendLine().AppendLine(invitation.Link.AbsoluteUri).AppendLine()
            .Append(CultureInfo.InvariantCulture, $"The link is good until {invitation.ExpiresAt:yyyy-MM-dd HH:mm} UTC.").AppendLine().ToString();
    }
}
