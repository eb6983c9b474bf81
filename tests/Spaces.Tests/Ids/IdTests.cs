using Flatfile.Spaces.Ids;

namespace Flatfile.Spaces.Tests.Ids;

public sealed class IdTests
{
    [Fact]
    public void EveryPairComesBackAndNoTwoPairsShareAText()
    {
        var seen = new HashSet<string>();
        foreach (var space in new[] { 0L, 1, 2, 77, IdCipher.SpaceLimit - 1 })
        {
            foreach (var number in Enumerable.Range(0, 5_000).Select(one => (long)one).Append(IdCipher.NumberLimit - 1))
            {
                var text = IdCipher.Write(space, number);
                Assert.Matches("^[0-9A-Za-z]{8}$", text);
                Assert.True(seen.Add(text));
                Assert.True(IdCipher.TryRead(text, out var readSpace, out var readNumber));
                Assert.Equal((space, number), (readSpace, readNumber));
            }
        }
    }

    [Fact]
    public void NeighboursDoNotLookAlike()
    {
        var beginnings = Enumerable.Range(0, 1_000).Select(number => IdCipher.Write(1, number)[..3]).Distinct().Count();

        Assert.True(beginnings > 900, $"1,000 ids in a row share {1_000 - beginnings} beginnings");
    }

    [Theory]
    [InlineData("")]
    [InlineData("1234567")]
    [InlineData("123456789")]
    [InlineData("1234567_")]
    [InlineData("zzzzzzzz")]
    [InlineData("../../..")]
    [InlineData("１２３４５６７８")]
    public void OtherTextsAreNoIds(string text) => Assert.False(IdCipher.TryRead(text, out _, out _));

    [Fact]
    public void AnIdOfAnotherKindIsRefused()
    {
        var sheet = new ResourceId(IdPrefix.Sheet, 3, 9).ToString();

        Assert.True(ResourceId.TryParse(IdPrefix.Sheet, sheet, out var id));
        Assert.Equal((3, 9), (id.Space, id.Number));
        Assert.False(ResourceId.TryParse(IdPrefix.Workbook, sheet, out _));
        Assert.False(ResourceId.TryParse(IdPrefix.Sheet, sheet + "x", out _));
        Assert.False(ResourceId.TryParse(IdPrefix.Sheet, null, out _));
    }

    [Fact]
    public void EventIdsHaveSixteenLettersAndAreSealed()
    {
        var id = EventId.Write(5, 12);

        Assert.Matches("^us_evt_[0-9A-Za-z]{16}$", id);
        Assert.True(EventId.TryParse(id, out var space, out var sequence));
        Assert.Equal((5, 12), (space, sequence));
        Assert.False(EventId.TryParse(id[..^1] + (id[^1] == 'a' ? 'b' : 'a'), out _, out _));
        Assert.False(EventId.TryParse("us_evt_0123456789abcdef", out _, out _));
    }

    [Fact]
    public void RunningOutOfNumbersIsSaid() =>
        Assert.Throws<InvalidOperationException>(() => IdCipher.Write(1, IdCipher.NumberLimit));
}
