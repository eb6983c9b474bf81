using System.Net;
using System.Text;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Tests.RecordHooks;

/// <summary>What becomes of rows and commits when hooks fail, on the real server.</summary>
public sealed class HooksThroughSpacesTests : IAsyncLifetime
{
    private HookedSheet _sheet = null!;

    public async Task InitializeAsync() => _sheet = await HookedSheet.StartAsync(new SheetConfig
    {
        Name = "People",
        Slug = "people",
        Fields = [new() { Key = "name", Type = PropertyType.String }, new() { Key = "age", Type = PropertyType.Number }],
    });

    public async Task DisposeAsync() => await _sheet.DisposeAsync();

    [Fact]
    public async Task AHookThatThrowsMarksItsRowsAndLeavesTheCommitOpenAndItsNextRunTakesTheMarksAway()
    {
        await _sheet.InsertAsync(["Ann", "1"], ["Bob", "2"], ["Cy", "3"]);
        var commit = Assert.Single(await _sheet.NewCommitsAsync());

        await Assert.ThrowsAsync<Crash>(() => _sheet.RunAsync(commit, new Picky("Bob") { Size = 2 }));

        var marked = await _sheet.MessagesAsync("name");
        Assert.StartsWith("This row has not been checked: Picky failed.", marked[0], StringComparison.Ordinal);
        Assert.Equal((marked[0], ""), (marked[1], marked[2]));
        Assert.Equal(["Ann", "Bob", "Cy"], (await _sheet.RowsAsync()).Select(r => r.Values["name"].Value!.Value.GetString()));
        Assert.Equal(2, (await _sheet.Client.Sheets.GetRecordCountsAsync(_sheet.Sheet.Id)).Error);
        Assert.True(await _sheet.IsOpenAsync(commit));
        Assert.Empty(await _sheet.NewCommitsAsync());

        await _sheet.RunAsync(commit, new Picky("nobody"));

        Assert.Equal(["", "", ""], await _sheet.MessagesAsync("name"));
        Assert.False(await _sheet.IsOpenAsync(commit));
    }

    [Fact]
    public async Task ACommitOfSeveralPagesIsCompleteOnlyWhenTheHooksHaveAnsweredForEveryPage()
    {
        await _sheet.InsertAsync([.. Enumerable.Range(0, 10_001).Select(i => new[] { i == 10_000 ? "Bob" : "Ann", "1" })]);
        var pages = await _sheet.NewCommitsAsync();
        Assert.Equal(2, pages.Count);

        await _sheet.RunAsync(pages[0], new Picky("Bob"));
        await Assert.ThrowsAsync<Crash>(() => _sheet.RunAsync(pages[1], new Picky("Bob")));

        Assert.True(await _sheet.IsOpenAsync(pages[0]));
        await _sheet.RunAsync(pages[1], new Picky("nobody"));
        Assert.False(await _sheet.IsOpenAsync(pages[0]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task APageThatCannotBeReadIsNotSkippedTheCommitStaysOpenAndTheNextTryChecksIt(bool isCut)
    {
        await _sheet.InsertAsync([.. Enumerable.Range(0, 10_001).Select(_ => new[] { "Ann", "1" })]);
        var pages = await _sheet.NewCommitsAsync();
        var interference = new Interference
        {
            Change = (call, answer) => call.EndsWith("/records", StringComparison.Ordinal)
                ? new HttpResponseMessage(isCut ? HttpStatusCode.OK : HttpStatusCode.InternalServerError)
                {
                    Content = new StringContent(isCut ? TextOf(answer)[..^100] : "{}", Encoding.UTF8, "application/json"),
                    RequestMessage = answer.RequestMessage,
                }
                : null,
        };
        using var client = _sheet.Server.ClientThrough(interference);

        await Assert.ThrowsAnyAsync<Exception>(() => HookedSheet.RunAsync(pages[0], client, new Picky("nobody")));
        await _sheet.RunAsync(pages[1], new Picky("nobody"));

        Assert.True(await _sheet.IsOpenAsync(pages[0]));
        await _sheet.RunAsync(pages[0], new Picky("nobody"));
        Assert.False(await _sheet.IsOpenAsync(pages[0]));
    }

    private static string TextOf(HttpResponseMessage answer)
    {
        using var reader = new StreamReader(answer.Content.ReadAsStream());
        return reader.ReadToEnd();
    }

    /// <summary>Throws at one name.</summary>
    private sealed class Picky(string name) : RecordHook
    {
        public int Size { get; init; } = 10_000;

        public override string SheetSlug => "people";

        public override int BatchSize => Size;

        public override Task RunAsync(IReadOnlyList<FlatfileRecord> records, EventContext context, CancellationToken cancellationToken) =>
            records.Any(r => r.GetText("name") == name) ? throw new Crash() : Task.CompletedTask;
    }
}
