using System.Buffers;
using System.Security.Cryptography;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Files;

/// <summary>Where uploads arrive. Fields of the form may follow the bytes, so these lie here until it is known where they belong.</summary>
internal sealed class FileSpool(DataFolder folder, SpacesOptions options)
{
    private const int BufferSize = 128 * 1024;

    private readonly string _path = Path.Combine(folder.Root, "uploads");

    /// <summary>Empties the folder: what is there at start was cut off.</summary>
    public void Clear()
    {
        if (Directory.Exists(_path))
        {
            Directory.Delete(_path, recursive: true);
        }

        DataFolder.CreatePrivate(_path);
    }

    /// <summary>Takes a stream to its end; size and hash are known when it is through, and the bytes survive a power loss.</summary>
    public Task<SpooledFile> TakeAsync(Stream source, CancellationToken cancellationToken) =>
        TakeAsync(source, options.MaxFileBytes, TooLarge, cancellationToken);

    /// <summary>The same with a limit of its own and what to say when it is passed.</summary>
    public async Task<SpooledFile> TakeAsync(Stream source, long limit, Func<ApiRefusal> tooLarge, CancellationToken cancellationToken)
    {
        var path = Path.Combine(_path, Guid.NewGuid().ToString("N"));
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        try
        {
            await using (file.ConfigureAwait(false))
            {
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                var size = await CopyAsync(source, file, hash, limit, tooLarge, cancellationToken).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
                return new SpooledFile(path, size, Convert.ToHexStringLower(hash.GetHashAndReset()));
            }
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Takes what is written here; size and hash are known at the end, and the bytes survive a power loss.</summary>
    public async Task<SpooledFile> MakeAsync(Func<Stream, Task> write)
    {
        var path = Path.Combine(_path, Guid.NewGuid().ToString("N"));
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize, FileOptions.Asynchronous);
        try
        {
            await using (file.ConfigureAwait(false))
            {
                using var hash = SHA256.Create();
                var hashed = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true);
                await using (hashed.ConfigureAwait(false))
                {
                    await write(hashed).ConfigureAwait(false);
                }

                file.Flush(flushToDisk: true);
                return new SpooledFile(path, file.Length, Convert.ToHexStringLower(hash.Hash!));
            }
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>413.</summary>
    public ApiRefusal TooLarge() =>
        new(413, new ApiFault("file", $"The file is larger than {options.MaxFileBytes} bytes. Split it, or raise the limit of the server."));

    private static async Task<long> CopyAsync(
        Stream source, FileStream file, IncrementalHash hash, long limit, Func<ApiRefusal> tooLarge, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var size = 0L;
            while (true)
            {
                var read = await UploadForm.WholeAsync(() => source.ReadAsync(buffer, cancellationToken).AsTask()).ConfigureAwait(false);
                if (read == 0)
                {
                    return size;
                }

                size += read;
                if (size > limit)
                {
                    throw tooLarge();
                }

                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
