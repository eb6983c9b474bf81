using System.Diagnostics;
using Flatfile.Agent.Core.Binding;

namespace Core.Tests.Binding;

public sealed class TopicGlobTests
{
    [Fact]
    public void RandomGlobsMatchWhatTheOfficialExpressionMatches()
    {
        var random = new Random(20240612);
        var hits = 0;
        for (var round = 0; round < 3_000; round++)
        {
            var glob = Text(random, "ab:::**?\\", 1, 9);
            var official = OfficialExpression.Of(glob, ':');
            var compiled = TopicGlob.Parse(glob);
            for (var i = 0; i < 20; i++)
            {
                var topic = Text(random, "aab:*\\", 1, 8);
                var expected = official.IsMatch(topic);
                hits += expected ? 1 : 0;
                Assert.True(expected == compiled.Matches(topic), $"'{glob}' on '{topic}' should be {expected}");
            }
        }

        // A fuzz that never matches would prove nothing.
        Assert.InRange(hits, 3_000, 57_000);
    }

    [Fact]
    public void AGlobMadeToBacktrackAnswersAtOnce()
    {
        var glob = TopicGlob.Parse(string.Concat(Enumerable.Repeat("*a", 25)));
        var topic = new string('a', 200) + "b";
        var watch = Stopwatch.StartNew();

        for (var i = 0; i < 100; i++)
        {
            Assert.False(glob.Matches(topic));
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"100 matches took {watch.Elapsed}");
    }

    [Fact]
    public void AGlobOfManyDeepWildcardsAnswersAtOnce()
    {
        var glob = TopicGlob.Parse("x:" + string.Concat(Enumerable.Repeat("**:*a*:", 25)) + "z");
        var watch = Stopwatch.StartNew();

        Assert.False(glob.Matches("x:" + string.Concat(Enumerable.Repeat("aa:", 500)) + "y"));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"one match took {watch.Elapsed}");
    }

    [Fact]
    public void AGlobOfMoreThanTwoHundredCharactersIsRefusedWithItsLength()
    {
        Assert.Equal(200, TopicGlob.Parse(new string('a', 200)).Written.Length);

        var fault = Assert.Throws<FormatException>(() => TopicGlob.Parse(new string('a', 201)));
        Assert.Equal($"The topic glob '{new string('a', 40)}…' has 201 characters; at most 200 are allowed.", fault.Message);
    }

    [Fact]
    public void ALongPlainTextInAFilterIsAllowedAndALongGlobIsNot()
    {
        var text = new string('x', 500);
        var @event = new FlattenedEvent(Some.Event("a:b", $$"""{"note":"{{text}}"}"""));

        Assert.True(EventFilterMatcher.Parse($$"""{"note":"{{text}}"}""").Matches(@event));
        Assert.Throws<FormatException>(() => EventFilterMatcher.Parse($$"""{"note":"{{text}}*"}"""));
    }

    private static string Text(Random random, string alphabet, int shortest, int longest) =>
        new([.. Enumerable.Range(0, random.Next(shortest, longest + 1)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
}
