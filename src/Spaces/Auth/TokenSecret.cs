using System.Security.Cryptography;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Auth;

/// <summary>The secret tokens of this data folder are signed with: made at the first start, kept in a file only its owner can read.</summary>
/// <remarks>Deleting the file while the server is stopped makes every token invalid that was given out.</remarks>
internal sealed class TokenSecret(DataFolder folder)
{
    private const int Length = 32;

    private byte[]? _bytes;

    /// <summary>The secret.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes ?? throw new InvalidOperationException("Spaces has not started: its host must run first.");

    /// <summary>Reads or makes it.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(folder.TokenSecret))
        {
            var found = await File.ReadAllBytesAsync(folder.TokenSecret, cancellationToken).ConfigureAwait(false);
            if (found.Length == Length)
            {
                _bytes = found;
                return;
            }
        }

        var secret = RandomNumberGenerator.GetBytes(Length);
        var settings = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            settings.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        File.Delete(folder.TokenSecret);
        var file = new FileStream(folder.TokenSecret, settings);
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(secret, cancellationToken).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }

        _bytes = secret;
    }
}
