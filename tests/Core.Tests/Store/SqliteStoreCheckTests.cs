using Contracts.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Options;

namespace Core.Tests.Store;

public sealed class SqliteStoreCheckTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private string File => Path.Combine(_folder.Path, "agent.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_without_a_file_and_a_whole_file_are_good()
    {
        Assert.All(await LookAsync(), f => Assert.NotEqual(DoctorLevel.Bad, f.Level));
        await FillAsync();

        var findings = await LookAsync();

        Assert.All(findings, f => Assert.NotEqual(DoctorLevel.Bad, f.Level));
        Assert.Contains(findings, f => f.What.EndsWith("is whole.", StringComparison.Ordinal));
        Assert.Contains(findings, f => f.What.Contains("MB are free", StringComparison.Ordinal));
        Assert.StartsWith("SQLite is ", findings[0].What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_file_is_bad_and_says_what_to_do()
    {
        await FillAsync();
        await using (var file = new FileStream(File, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Position = file.Length / 2;
            file.Write(new byte[8192]);
        }

        var bad = (await LookAsync()).Where(f => f.Level == DoctorLevel.Bad).ToList();

        Assert.NotEmpty(bad);
        Assert.All(bad, f => Assert.NotNull(f.ToDo));
    }

    [Fact]
    public async Task A_file_of_a_newer_agent_is_bad()
    {
        await FillAsync(c => c.Run("PRAGMA user_version = 99"));

        Assert.Contains("version 99", Assert.Single(await LookAsync(), f => f.Level == DoctorLevel.Bad).What, StringComparison.Ordinal);
    }

    private async Task FillAsync(Action<System.Data.Common.DbConnection>? last = null)
    {
        await using var database = new SqliteAgentDatabase(_folder.Path);
        await database.OpenAsync(CancellationToken.None);
        var inbox = StoredInbox.Of(database, new AgentOwner(), TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => inbox.DoneAsync($"us_evt_{i}", "h", CancellationToken.None)));
        await database.WriteAsync("last", c => last?.Invoke(c), CancellationToken.None);
    }

    private async Task<IReadOnlyList<DoctorFinding>> LookAsync()
    {
        await using var database = new SqliteAgentDatabase(_folder.Path);
        return await new SqliteStoreCheck(database, Options.Create(new AgentOptions { DataFolder = _folder.Path })).LookAsync(CancellationToken.None);
    }
}
