using Contracts.Support;
using Flatfile.Agent.Core.Store;

namespace Core.Tests.Store;

/// <summary>Filters and pages of dead letters, and what is forgotten.</summary>
public sealed class DeadLetterFilterTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Begin = new(2025, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TestFolder _folder = new();
    private SqliteAgentDatabase _database = null!;
    private StoredDeadLetters _letters = null!;

    public async Task InitializeAsync()
    {
        _database = new SqliteAgentDatabase(_folder.Path);
        await _database.OpenAsync(CancellationToken.None);
        _letters = new StoredDeadLetters(_database, TimeProvider.System);
        await AddAsync(1, "Contacts/Tidy", "commit:created", "us_sp_1", "No country: 100% of the rows");
        await AddAsync(2, "Contacts/Tidy_2", "space:file:uploaded", "us_sp_2", "it's 'quoted'; DROP TABLE dead_letters");
        await AddAsync(3, "flatfile/start-extract", "file:created", "us_sp_1", "The file is gone");
        await AddAsync(4, null, null, null, "The event is not JSON");
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("Contacts/Tidy", "1")]
    [InlineData("contacts/*", "1 2")]
    [InlineData("Contacts/Tid?", "1")]
    [InlineData("Contacts/Tidy_2", "2")] // no wildcard of SQL
    [InlineData("%", "")]
    [InlineData("*", "1 2 3")]
    [InlineData("' OR 1=1 --", "")]
    public async Task A_handler_is_an_id_or_a_glob(string handler, string expected) => await FindsAsync(new() { Handler = handler }, expected);

    [Theory]
    [InlineData("file:created", "3")]
    [InlineData("*:created", "1 3")]
    [InlineData("space:*", "")] // one segment
    [InlineData("space:**", "2")]
    [InlineData("space:*:uploaded", "2")]
    [InlineData("**", "1 2 3")]
    public async Task A_topic_is_matched_by_segments(string topic, string expected) => await FindsAsync(new() { Topic = topic }, expected);

    [Theory]
    [InlineData("COUNTRY", "1")]
    [InlineData("100%", "1")]
    [InlineData("10_%", "")]
    [InlineData("'quoted'; DROP", "2")]
    [InlineData("!", "")]
    public async Task A_reason_is_a_part_of_it(string reason, string expected) => await FindsAsync(new() { Reason = reason }, expected);

    [Fact]
    public async Task Members_narrow_together()
    {
        await FindsAsync(new(), "1 2 3 4");
        await FindsAsync(new() { Space = "us_sp_1" }, "1 3");
        await FindsAsync(new() { Space = "us_sp_1", Topic = "file:*" }, "3");
        await FindsAsync(new() { Since = Begin.AddHours(2), Until = Begin.AddHours(4) }, "2 3");
        await FindsAsync(new() { Ids = [4, 1, 77] }, "1 4");
        await FindsAsync(new() { Ids = [] }, "");
    }

    [Fact]
    public async Task States_are_told_apart()
    {
        var replays = new StoredReplays(_database, TimeProvider.System);
        await replays.AskAsync([1, 2], null, CancellationToken.None);
        await replays.FinishAsync((await _letters.GetAsync(4, CancellationToken.None))!, settled: true, "", CancellationToken.None);
        await _letters.DropAsync([3], CancellationToken.None);

        await FindsAsync(new(), "1 2");
        await FindsAsync(new() { States = [DeadLetterState.Open] }, "");
        await FindsAsync(new() { States = [DeadLetterState.Asked] }, "1 2");
        await FindsAsync(new() { States = [DeadLetterState.Replayed] }, "4");
        await FindsAsync(new() { States = [DeadLetterState.Dropped] }, "3");
        await FindsAsync(new() { States = Enum.GetValues<DeadLetterState>() }, "1 2 3 4");
        Assert.Equal([3], (await _letters.FindAsync(new() { States = [DeadLetterState.Dropped] }, 10, null, CancellationToken.None)).Letters.Select(l => l.Id));
    }

    [Fact]
    public async Task Pages_follow_each_other_and_new_letters_do_not_shift_them()
    {
        var first = await _letters.FindAsync(new(), 3, null, CancellationToken.None);
        await AddAsync(5, "late", "a:b", null, "late");
        var second = await _letters.FindAsync(new(), 3, first.Next, CancellationToken.None);

        Assert.Equal([4, 3, 2], first.Letters.Select(l => l.Id));
        Assert.Equal([1], second.Letters.Select(l => l.Id));
        Assert.Null(second.Next);
        Assert.Equal(5, await _letters.CountAsync(new(), CancellationToken.None));
    }

    [Fact]
    public async Task Only_letters_that_wait_for_nobody_are_forgotten()
    {
        await _letters.DropAsync([3], CancellationToken.None);
        var future = TimeProvider.System.GetUtcNow().AddYears(1);

        Assert.Equal(0, await _letters.PruneAsync(TimeProvider.System.GetUtcNow().AddDays(-1), CancellationToken.None));
        Assert.Equal(1, await _letters.PruneAsync(future, CancellationToken.None));
        await FindsAsync(new() { States = Enum.GetValues<DeadLetterState>() }, "1 2 4");
    }

    private Task AddAsync(int number, string? handler, string? topic, string? space, string reason) => _letters.AddAsync(
        new DeadLetter(0, handler is null ? null : $"us_evt_{number}", topic, handler, reason, null, 1, new byte[] { 1 }, Begin.AddHours(number)) { SpaceId = space },
        CancellationToken.None);

    private async Task FindsAsync(DeadLetterFilter filter, string expected)
    {
        Assert.Equal(expected, string.Join(' ', await _letters.NumbersAsync(filter, 100, CancellationToken.None)));
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, await _letters.CountAsync(filter, CancellationToken.None));
    }
}
