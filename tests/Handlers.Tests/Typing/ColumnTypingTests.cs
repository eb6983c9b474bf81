using System.Globalization;
using Flatfile.Agent.Handlers.Typing;

namespace Flatfile.Agent.Handlers.Tests.Typing;

public sealed class ColumnTypingTests
{
    [Theory]
    [InlineData("yes|no", ColumnType.Boolean)]
    [InlineData("Ja|Nein|ja", ColumnType.Boolean)]
    [InlineData("oui|non", ColumnType.Boolean)]
    [InlineData("y|n", ColumnType.Boolean)]
    [InlineData("TRUE|FALSE", ColumnType.Boolean)]
    [InlineData("x||x", ColumnType.Boolean)]
    [InlineData("n|n", ColumnType.Text)]
    [InlineData("s|m|l", ColumnType.Text)]
    [InlineData("0|1|1", ColumnType.Integer)]
    [InlineData("10:30|9:05:11|11:15 PM", ColumnType.Time)]
    [InlineData("26:30:00|100:05:10", ColumnType.Duration)]
    [InlineData("PT1H|PT90M", ColumnType.Duration)]
    [InlineData("a@b.de|c.d@e-f.com", ColumnType.Email)]
    [InlineData("https://a.de/x|http://b.com|www.c.org", ColumnType.Url)]
    [InlineData("(030) 123-4567|+49 30 1234567", ColumnType.Phone)]
    [InlineData("007|12", ColumnType.Identifier)]
    [InlineData("12345678|87654321", ColumnType.Identifier)]
    [InlineData("1234567890123456789|1", ColumnType.Identifier)]
    [InlineData("hello|N/A|-", ColumnType.Text)]
    [InlineData("|N/A", ColumnType.Empty)]
    [InlineData("1|2|x|y", ColumnType.Text)]
    public void TypesComeFromTheValues(string cells, ColumnType type)
    {
        var column = Column.Of(cells.Split('|'));

        Assert.Equal(type, column.Type);
        Assert.NotEmpty(column.Evidence);
    }

    [Theory]
    [InlineData("zip", ColumnType.Identifier)]
    [InlineData("Customer ID", ColumnType.Identifier)]
    [InlineData("PLZ", ColumnType.Identifier)]
    [InlineData("Phone", ColumnType.Phone)]
    [InlineData("Number of employees", ColumnType.Integer)]
    [InlineData("quantity", ColumnType.Integer)]
    public void ANameDecidesWhereDigitsLeaveItOpen(string name, ColumnType type) => Assert.Equal(type, Column.Named(name, "234567", "345678", "345678").Type);

    [Theory]
    [InlineData("is_active", ColumnType.Boolean)]
    [InlineData("count", ColumnType.Integer)]
    public void ZerosAndOnesAreTruthValuesByName(string name, ColumnType type)
    {
        var column = Column.Named(name, "0", "1");

        Assert.Equal(type, column.Type);
        Assert.Equal("true", (column.Reading as BooleanReading ?? column.Alternatives.OfType<BooleanReading>().Single()).Read("1"));
    }

    [Fact]
    public void LeadingZerosAreSaidInTheEvidence() =>
        Assert.Equal("1 value begins with a zero that a number would lose, such as 007", Assert.Single(Column.Of("007", "12").Evidence));

    [Fact]
    public void FewValuesThatComeAgainAreAnEnum()
    {
        var column = Column.Of([.. Enumerable.Range(0, 60).Select(i => i % 3 == 0 ? "open" : i % 3 == 1 ? "closed" : "waiting")]);

        Assert.Equal(ColumnType.Enum, column.Type);
        Assert.Equal([("closed", 20L), ("open", 20L), ("waiting", 20L)], column.Values.Select(v => (v.Key, v.Value)));
        Assert.Equal((true, false), (column.HasAllValues, column.IsUnique));
    }

    [Fact]
    public void MemoryDoesNotGrowWithTheColumn()
    {
        const int Window = 10_000;
        var (typing, rows, least) = (new ColumnTyping("c"), 0, long.MaxValue);

        // Code that is not optimised yet allocates at some calls; what is kept for each value would be seen in every window.
        for (var i = 0; i < 300 && least > Window; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Feed(typing, rows, rows += Window);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.InRange(least, 0, Window);
        var column = typing.Conclude();
        Assert.Equal(((long)rows, 1_000, false), (column.Filled, column.Values.Count, column.HasAllValues));
        Assert.Null(column.IsUnique);
    }

    private static void Feed(ColumnTyping typing, int from, int to)
    {
        Span<char> cell = stackalloc char[32];
        for (var i = from; i < to; i++)
        {
            cell.TryWrite(CultureInfo.InvariantCulture, $"some value {i}", out var length);
            typing.Add(cell[..length]);
        }
    }
}
