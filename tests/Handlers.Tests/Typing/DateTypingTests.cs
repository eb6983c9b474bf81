using System.Globalization;
using Flatfile.Agent.Handlers.Typing;

namespace Flatfile.Agent.Handlers.Tests.Typing;

public sealed class DateTypingTests
{
    [Fact]
    public void DayAndMonthAreNeverSwapped()
    {
        Assert.Equal(["2024-04-03"], Column.Of("03/04/2024", "31/01/2024").Read("03/04/2024"));
        Assert.Equal(["2024-03-04"], Column.Of("03/04/2024", "01/31/2024").Read("03/04/2024"));
        Assert.Null(Column.Of("03/04/2024", "05/06/2024").Reading);
    }

    [Fact]
    public void SpreadsheetDay45000IsNever1970()
    {
        Assert.Equal("2023-03-15", new SerialDateReading().Read("45000"));
        Assert.Equal(["2023-03-15"], Column.Named("Order date", "45000", "45001").Read("45000"));
        Assert.Equal(ColumnType.Integer, Column.Named("Amount", "45000", "45001").Type);
        Assert.Null(new EpochReading().Read("45000"));
    }

    [Fact]
    public void WithoutAHintSpreadsheetDaysStayNumbersWithAnAlternative()
    {
        var column = Column.Named("Value", "45000", "45001");

        Assert.Equal("2023-03-15", Assert.Single(column.Alternatives).Read("45000"));
        Assert.Equal(ColumnType.Date, Column.With(new TypingOptions { SerialDates = true }, "Value", "45000").Type);
        Assert.Equal(ColumnType.Integer, Column.With(new TypingOptions { SerialDates = false }, "Order date", "45000").Type);
        Assert.Equal("2027-03-16", new SerialDateReading(count1904: true).Read("45000"));
        Assert.Equal("2023-03-15T12:00:00", new SerialDateReading().Read("45000.5"));
        Assert.Null(new SerialDateReading().Read("59"));
    }

    [Fact]
    public void AnOpenOrderIsAskedAboutWithBothMeanings()
    {
        var question = Column.Named("Due", "03/04/2024", "05/06/2024").Question!;

        Assert.Equal("dateOrder", question.Option);
        Assert.Equal(["dmy: 03/04/2024 is 2024-04-03", "mdy: 03/04/2024 is 2024-03-04"], question.Answers.Select(a => $"{a.Value}: {a.Meaning}"));
        Assert.Contains("The order of day and month in the column 'Due' is not certain", question.Text);
    }

    [Fact]
    public void BothOrdersInOneColumnAreAskedAbout() =>
        Assert.True(Column.Of("31/01/2024", "01/31/2024").Question!.IsContradiction);

    [Theory]
    [InlineData("2024-01-31", "2024-01-31")]
    [InlineData("2024/1/5", "2024-01-05")]
    [InlineData("5.1.2024", "2024-01-05")]
    [InlineData("05. 01. 2024", "2024-01-05")]
    [InlineData("12 Jan 2024", "2024-01-12")]
    [InlineData("Jan 12, 2024", "2024-01-12")]
    [InlineData("January 12th, 2024", "2024-01-12")]
    [InlineData("Mon, 12-Feb-24", "2024-02-12")]
    [InlineData("12. Januar 2024", "2024-01-12")]
    [InlineData("3. März 2024", "2024-03-03")]
    [InlineData("12 de enero de 2024", "2024-01-12")]
    [InlineData("3 févr. 2024", "2024-02-03")]
    [InlineData("3 fevrier 2024", "2024-02-03")]
    [InlineData("3 maja 2024", "2024-05-03")]
    [InlineData("31.12.99", "1999-12-31")]
    [InlineData("12/12/2024", "2024-12-12")]
    [InlineData("2024-01-31T10:30:00Z", "2024-01-31T10:30:00Z")]
    [InlineData("2024-01-31 10:30:00.250 +02:00", "2024-01-31T10:30:00.250+02:00")]
    [InlineData("31/01/2024 1:05 PM", "2024-01-31T13:05:00")]
    [InlineData("31/01/2024 12:05 a.m.", "2024-01-31T00:05:00")]
    public void OneValueIsEnough(string cell, string value) => Assert.Equal([value], Column.Of(cell).Read(cell));

    [Theory]
    [InlineData("2024-02-30")]
    [InlineData("31/31/2024")]
    [InlineData("3 listopad 2024")]
    [InlineData("12/2024")]
    [InlineData("2024-01-31 25:00")]
    [InlineData("1.5.20245")]
    [InlineData("Release 1.2.2024")]
    public void NoDate(string cell) => Assert.NotEqual(ColumnType.Date, Column.Of(cell).Type);

    [Fact]
    public void YearsOfTwoDigitsThatCouldBeDaysAreAskedAboutUnlessTheNumbersTell()
    {
        Assert.Equal(["dmy", "ymd"], Column.Of("24-01-13").Question!.Answers.Select(a => a.Value).Where(v => v != "mdy"));
        var month = Enumerable.Range(1, 28).Select(d => $"24-01-{d:00}").ToArray();
        Assert.Equal(["2024-01-13"], Column.Of(month).Read("24-01-13"));
        var dayFirst = Enumerable.Range(1, 28).Select(d => $"{d:00}-01-24").ToArray();
        Assert.Equal(["2024-01-13"], Column.Of(dayFirst).Read("13-01-24"));
    }

    [Fact]
    public void RowsInOrderTellTheOrderOfDayAndMonth()
    {
        var start = new DateOnly(2024, 1, 3);
        string[] Cells(string format) => [.. Enumerable.Range(0, 12).Select(i => start.AddMonths(i).AddDays(i % 3)).Select(d => d.ToString(format, CultureInfo.InvariantCulture))];
        var dayFirst = Column.Of(Cells("dd'/'MM'/'yyyy"));

        Assert.Equal(["2024-04-03"], dayFirst.Read("03/04/2024"));
        Assert.Contains("only with the day first are the dates in order from row to row", dayFirst.Evidence);
        Assert.Equal(["2024-03-04"], Column.Of(Cells("MM'/'dd'/'yyyy")).Read("03/04/2024"));
    }

    [Fact]
    public void AnotherColumnOfTheFileSettlesTheOrder()
    {
        var file = new FileTyping(["Ordered", "Shipped", "Note"]);
        foreach (var (ordered, shipped) in new[] { ("03/04/2024", "03/31/2024"), ("05/06/2024", "06/25/2024") })
        {
            file.Add(0, ordered);
            file.Add(1, shipped);
            file.Add(2, "x y");
        }

        var columns = file.Conclude();

        Assert.Equal(["2024-03-04"], columns[0].Read("03/04/2024"));
        Assert.Contains("other columns of the file prove it: 'Shipped' (mdy)", columns[0].Evidence);
    }

    [Fact]
    public void AnOptionAnswers() =>
        Assert.Equal(["2024-04-03"], Column.With(new TypingOptions { DateOrder = DateOrder.DayMonthYear }, "c", "03/04/2024").Read("03/04/2024"));

    [Fact]
    public void SecondsSince1970NeedADigitCountAndAName()
    {
        Assert.Equal(["2023-11-14T22:13:20Z"], Column.Named("created_at", "1700000000", "1700000001").Read("1700000000"));
        Assert.Equal(["2023-11-14T22:13:20.123Z"], Column.Named("timestamp", "1700000000123").Read("1700000000123"));
        Assert.Equal(ColumnType.Identifier, Column.Named("x", "1700000000", "1700000001").Type);
    }

    [Fact]
    public void EightDigitsAreDatesByTheirNameOrByTheirNumber()
    {
        Assert.Equal(["2024-01-31"], Column.Named("Datum", "20240131").Read("20240131"));
        Assert.Equal(ColumnType.Identifier, Column.Named("Customer no", "20240131", "20240132").Type);
        Assert.Equal(ColumnType.Date, Column.Of([.. Enumerable.Range(10, 15).Select(d => $"202401{d}")]).Type);
    }
}
