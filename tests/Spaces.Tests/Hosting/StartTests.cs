using System.Diagnostics;
using Flatfile.Spaces.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Tests.Hosting;

public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ASecondServerOnTheFolderIsToldSo()
    {
        await using var first = await SpacesServer.StartAsync(_folder.Path);

        var fault = await Assert.ThrowsAsync<SpacesStartException>(() => SpacesServer.StartAsync(_folder.Path));

        Assert.Contains("in use by another running server", fault.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Path, fault.Message, StringComparison.Ordinal);
        Assert.Equal(200, (await first.SendAsync("GET", "spaces")).Status);
    }

    [Fact]
    public async Task AnotherProcessHoldingTheFolderIsNoticed()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/flock"))
        {
            return;
        }

        await (await SpacesServer.StartAsync(_folder.Path)).DisposeAsync();
        using var holder = Process.Start(new ProcessStartInfo("/usr/bin/flock", [Path.Combine(_folder.Path, "lock"), "sh", "-c", "echo held; read x"])
        {
            RedirectStandardOutput = true, RedirectStandardInput = true,
        })!;
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync());
        await Assert.ThrowsAsync<SpacesStartException>(() => SpacesServer.StartAsync(_folder.Path));
        holder.Kill(entireProcessTree: true);
        await holder.WaitForExitAsync();
        await (await SpacesServer.StartAsync(_folder.Path)).DisposeAsync();
    }

    [Fact]
    public async Task AFolderThatCannotBeMadeIsToldSo()
    {
        await File.WriteAllTextAsync(_folder.Path, "a file");
        try
        {
            var fault = await Assert.ThrowsAsync<SpacesStartException>(() => SpacesServer.StartAsync(Path.Combine(_folder.Path, "data")));
            Assert.Contains("cannot be written", fault.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(_folder.Path);
        }
    }

    [Fact]
    public async Task ADamagedCentralDatabaseIsToldSoAndLeftAlone()
    {
        Directory.CreateDirectory(_folder.Path);
        var database = Path.Combine(_folder.Path, "spaces.db");
        var garbage = Enumerable.Repeat((byte)'x', 20_000).ToArray();
        await File.WriteAllBytesAsync(database, garbage);

        var fault = await Assert.ThrowsAsync<SpacesStartException>(() => SpacesServer.StartAsync(_folder.Path));

        Assert.Contains("cannot be used", fault.Message, StringComparison.Ordinal);
        Assert.Equal(garbage, await File.ReadAllBytesAsync(database));
    }

    [Fact]
    public async Task AFolderOfANewerProgramIsRefused()
    {
        await (await SpacesServer.StartAsync(_folder.Path)).DisposeAsync();
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, "spaces.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version=99";
            await command.ExecuteNonQueryAsync();
        }

        var fault = await Assert.ThrowsAsync<SpacesStartException>(() => SpacesServer.StartAsync(_folder.Path));

        Assert.Contains("newer version", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EverythingIsThereAfterARestart()
    {
        string id;
        await using (var server = await SpacesServer.StartAsync(_folder.Path))
        {
            id = await server.SpaceAsync("""{"name":"kept","workbook":{"name":"W","sheets":[{"name":"S","fields":[{"key":"a","type":"string"}]}]}}""");
        }

        Assert.False(File.Exists(Path.Combine(_folder.Path, "spaces", id, "space.db-wal")));
        await using var again = await SpacesServer.StartAsync(_folder.Path);
        Assert.Equal("kept", (string)(await again.DataAsync("GET", $"spaces/{id}"))["name"]!);
        Assert.Single((await again.DataAsync("GET", "spaces")).AsArray());
        Assert.Single((await again.DataAsync("GET", $"workbooks?spaceId={id}")).AsArray());
        await again.DataAsync("PATCH", $"spaces/{id}", """{"name":"changed"}""");
        Assert.Equal(
            ["space:created", "workbook:created", "sheet:created", "space:configured", "space:updated"], await again.TopicsAsync(id));
    }

    [Fact]
    public async Task FactsForTheStartLineAreThere()
    {
        await using var server = await SpacesServer.StartAsync(_folder.Path);

        Assert.Equal(_folder.Path, server.Access.DataFolder);
        Assert.Matches(@"\d+\.\d+\.\d+", server.Access.SqliteLibrary);
        Assert.StartsWith("sk_", server.Access.DevelopmentKey, StringComparison.Ordinal);
    }
}
