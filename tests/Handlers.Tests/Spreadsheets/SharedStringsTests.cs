using System.Text;
using Flatfile.Agent.Handlers.Spreadsheets.Package;

namespace Flatfile.Agent.Handlers.Tests.Spreadsheets;

public sealed class SharedStringsTests
{
    [Theory]
    [InlineData(1000, false)]
    [InlineData(1_500_000, true)]
    public void TextsComeBackFromMemoryAndFromTheFile(int count, bool spilled)
    {
        using var strings = new SharedStrings();
        for (var i = 0; i < count; i++)
        {
            strings.Add(Text(i).AsSpan());
        }

        Assert.Equal(spilled, strings.IsSpilled);
        Assert.Equal(count, strings.Count);
        var random = new Random(3);
        for (var tries = 0; tries < 5000; tries++)
        {
            var index = tries < 100 ? count - 1 - tries : random.Next(count);
            Assert.Equal(Text(index), Encoding.UTF8.GetString(strings.Get(index)));
        }
    }

    [Fact]
    public void ATextLongerThanAPageComesBackWhole()
    {
        using var strings = new SharedStrings();
        var texts = Enumerable.Range(0, 40).Select(i => new string((char)('a' + (i % 26)), 900_000 + i)).ToList();
        texts.ForEach(t => strings.Add(t.AsSpan()));

        Assert.True(strings.IsSpilled);
        Assert.All(texts.Select((t, i) => (t, i)), p => Assert.Equal(p.t, Encoding.UTF8.GetString(strings.Get(p.i))));
    }

    private static string Text(int i) => i % 7 == 0 ? "" : $"text {i} größer";
}
