namespace Flatfile.Agent.Handlers.Tests.Lookups;

public sealed class RecordLookupTests
{
    private static readonly RecordLookupOptions Quick = new() { RetryDelay = TimeSpan.Zero };

    private readonly List<string[]> _asked = [];

    [Fact]
    public async Task KeysAreAskedForInBatchesEachOnceAndKeysWithoutAValueAreLeftOut()
    {
        var lookup = Lookup(Quick with { BatchSize = 2 });

        var found = await lookup.LookupAsync(["a", "b", "a", "-", "c"], CancellationToken.None);

        Assert.Equal([("a", "A"), ("b", "B"), ("c", "C")], found.OrderBy(f => f.Key).Select(f => (f.Key, f.Value)));
        Assert.Equal(["-,c", "a,b"], Asked().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task WhatWasAnsweredIsNotAskedForAgainAlsoThatThereIsNone()
    {
        var lookup = Lookup(Quick);
        await lookup.LookupAsync(["a", "-"], CancellationToken.None);

        var found = await lookup.LookupAsync(["a", "-", "b"], CancellationToken.None);

        Assert.Equal(["A", "B"], found.Values.Order());
        Assert.Equal(["a,-", "b"], Asked());
    }

    [Fact]
    public async Task TheMemoryIsBoundedAndForgetsWhatWasNotUsedForLongest()
    {
        var lookup = Lookup(Quick with { CacheSize = 2 });
        await lookup.LookupAsync(["a", "b"], CancellationToken.None);
        await lookup.LookupAsync(["a"], CancellationToken.None);
        await lookup.LookupAsync(["c"], CancellationToken.None);

        await lookup.LookupAsync(["a", "b"], CancellationToken.None);

        Assert.Equal(["a,b", "c", "b"], Asked());
    }

    [Fact]
    public async Task AnAnswerCountsForItsTime()
    {
        var clock = new Clock();
        var lookup = new RecordLookup<string, string>(AskAsync, Quick with { CacheTime = TimeSpan.FromMinutes(1) }, clock);
        await lookup.LookupAsync(["a"], CancellationToken.None);
        clock.Ahead = TimeSpan.FromMinutes(2);

        await lookup.LookupAsync(["a"], CancellationToken.None);

        Assert.Equal(["a", "a"], Asked());
    }

    [Fact]
    public async Task WhoComesWhileAKeyIsAskedForWaitsForTheSameAnswer()
    {
        var (asked, answer) = (0, new TaskCompletionSource<IReadOnlyDictionary<string, string>>());
        var lookup = new RecordLookup<string, string>((_, _) =>
        {
            Interlocked.Increment(ref asked);
            return answer.Task;
        }, Quick);

        var both = Task.WhenAll(lookup.LookupAsync(["a"], CancellationToken.None), lookup.LookupAsync(["a"], CancellationToken.None));
        answer.SetResult(new Dictionary<string, string> { ["a"] = "A" });

        Assert.All(await both, found => Assert.Equal("A", found["a"]));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task AQuestionThatFailsIsAskedAgainAndItsLastFailureReachesWhoAskedAndIsNotRemembered()
    {
        var left = 4;
        var lookup = new RecordLookup<string, string>((keys, token) => --left >= 0 ? throw new IOException("away") : AskAsync(keys, token), Quick with { Attempts = 3 });

        await Assert.ThrowsAsync<IOException>(() => lookup.LookupAsync(["a"], CancellationToken.None));
        var found = await lookup.LookupAsync(["a"], CancellationToken.None);

        Assert.Equal("A", found["a"]);
        Assert.Equal(-1, left);
    }

    [Fact]
    public async Task AQuestionWithoutAnAnswerEndsAfterItsTime()
    {
        var never = new TaskCompletionSource<IReadOnlyDictionary<string, string>>();
        var lookup = new RecordLookup<string, string>((_, _) => never.Task, Quick with { Timeout = TimeSpan.FromMilliseconds(20), Attempts = 2 });

        var fault = await Assert.ThrowsAsync<TimeoutException>(() => lookup.LookupAsync(["a"], CancellationToken.None));

        Assert.Equal("A look-up of 1 keys gave no answer within 0.02 s.", fault.Message);
    }

    private RecordLookup<string, string> Lookup(RecordLookupOptions options) => new(AskAsync, options);

    private Task<IReadOnlyDictionary<string, string>> AskAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        lock (_asked)
        {
            _asked.Add([.. keys]);
        }

        return Task.FromResult<IReadOnlyDictionary<string, string>>(keys.Where(k => k != "-").ToDictionary(k => k, k => k.ToUpperInvariant()));
    }

    private IEnumerable<string> Asked() => _asked.Select(keys => string.Join(',', keys));

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override long TimestampFrequency => System.TimestampFrequency;

        public override long GetTimestamp() => System.GetTimestamp() + (long)(Ahead.TotalSeconds * System.TimestampFrequency);
    }
}
