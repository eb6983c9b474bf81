using System.Security.Cryptography;
using Flatfile.Api;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Files;

/// <summary>Counts what the whole process allocates, so nothing else may run beside it.</summary>
[Collection(nameof(UploadMemoryTests))]
[CollectionDefinition(nameof(UploadMemoryTests), DisableParallelization = true)]
public sealed class UploadMemoryTests
{
    [Fact]
    public async Task ALargeUploadThroughTheClientNeedsLittleMemory()
    {
        const int size = 64 * 1024 * 1024;
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();
        using var client = new FlatfileClient(new FlatfileClientOptions
        {
            BaseAddress = server.Address, Token = server.Access.DevelopmentKey, EnvironmentId = server.Access.EnvironmentId,
        });
        var source = Path.Combine(server.Folder, "source");
        await File.WriteAllBytesAsync(source, RandomNumberGenerator.GetBytes(size));
        await client.Files.UploadAsync(space, null, "warm.bin", new MemoryStream([1]));
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await using var bytes = File.OpenRead(source);
        var file = await client.Files.UploadAsync(space, null, "big.bin", bytes);
        await using var back = await client.Files.DownloadAsync(file.Id);
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(back));

        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.Equal(size, file.Size);
        Assert.Equal(file.Sha256, hash);
        Assert.True(allocated < size / 4, $"{allocated:N0} bytes were allocated for {size:N0} sent and fetched.");
    }
}
