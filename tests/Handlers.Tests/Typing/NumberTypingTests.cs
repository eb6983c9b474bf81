using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Typing;

namespace Flatfile.Agent.Handlers.Tests.Typing;

public sealed class NumberTypingTests
{
    [Fact]
    public void OneCommaFiveIsNeverReadAsFifteen()
    {
        var column = Column.Of("1,5");

        Assert.Equal(ColumnType.Decimal, column.Type);
        Assert.Equal(["1.5"], column.Read("1,5"));
        Assert.Contains("only with a decimal comma, such as 1,5", Assert.Single(column.Evidence));
        Assert.Null(new NumberReading('.').Read("1,5"));
    }

    [Fact]
    public void PointsBetweenThousandsAreNeverADecimalPoint()
    {
        var column = Column.Of("1.234,56");

        Assert.Equal(["1234.56"], column.Read("1.234,56"));
        Assert.Null(new NumberReading('.').Read("1.234,56"));
    }

    [Theory]
    [InlineData("1,234")]
    [InlineData("1.234")]
    [InlineData("12,345|6,789|1")]
    public void AGroupOfThreeAloneIsAskedAbout(string cells)
    {
        var column = Column.Named("Price", cells.Split('|'));

        Assert.Null(column.Reading);
        Assert.Equal("decimalMark", column.Question!.Option);
        Assert.Equal([".", ","], column.Question.Answers.Select(a => a.Value));
        Assert.Contains("The column 'Price' has no certain decimal mark", column.Question.Text);
    }

    [Fact]
    public void TheAnswersSayWhatTheValueWouldBe() =>
        Assert.Equal(["1,234 is 1234", "1,234 is 1.234"], Column.Of("1,234").Question!.Answers.Select(a => a.Meaning));

    [Theory]
    [InlineData("1,234|0.5", "1234|0.5")]
    [InlineData("1.234|0,5", "1234|0.5")]
    [InlineData("1,234|1,234,567", "1234|1234567")]
    [InlineData("1,234|1234,5", "1.234|1234.5")]
    [InlineData("0,123|1,234", "0.123|1.234")]
    [InlineData("12,34,567|12,34,567.89", "1234567|1234567.89")]
    [InlineData("1'234'567.80|1’000.00", "1234567.80|1000.00")]
    [InlineData("1 234,50|1\u00A0234,50|1\u202F234\u202F567", "1234.50|1234.50|1234567")]
    [InlineData("(1,234.50)|-7.10|\u22128|9-|+3", "-1234.50|-7.10|-8|-9|3")]
    [InlineData("1.5E+3|2e-4|3", "1.5E+3|2e-4|3")]
    [InlineData(".5|-.25", "0.5|-0.25")]
    public void MarkAndGroupsComeFromAllValues(string cells, string values) =>
        Assert.Equal(values.Split('|'), Column.Of(cells.Split('|')).Read(cells.Split('|')));

    [Theory]
    [InlineData("$5.00|$1,200.10|$-3", ColumnType.Amount, "5.00|1200.10|-3")]
    [InlineData("5,00 €|1.200,10 €|-3 €", ColumnType.Amount, "5.00|1200.10|-3")]
    [InlineData("CHF 5.50|USD 7", ColumnType.Amount, "5.50|7")]
    [InlineData("12.5%|3 %", ColumnType.Percent, "12.5|3")]
    [InlineData("7|8|-9", ColumnType.Integer, "7|8|-9")]
    [InlineData("99999999999999999999.5", ColumnType.Decimal, "99999999999999999999.5")]
    public void KindsOfNumbers(string cells, ColumnType type, string values)
    {
        var column = Column.Of(cells.Split('|'));

        Assert.Equal(type, column.Type);
        Assert.Equal(values.Split('|'), column.Read(cells.Split('|')));
    }

    [Theory]
    [InlineData("1.2.3.4")]
    [InlineData("1,23,4")]
    [InlineData("12.34.567")]
    [InlineData("1 23")]
    [InlineData("1,234.567,8")]
    [InlineData("1..5")]
    [InlineData("--5")]
    [InlineData("5 apples")]
    [InlineData("top 10")]
    [InlineData("1,")]
    public void NoNumber(string cell)
    {
        Assert.Null(new NumberReading('.').Read(cell));
        Assert.Null(new NumberReading(',').Read(cell));
    }

    [Fact]
    public void MarksThatContradictOneAnotherAreAskedAbout()
    {
        var column = Column.Of("1.5", "2,5", "3.5", "4,5");

        Assert.True(column.Question!.IsContradiction);
        Assert.Null(column.Reading);
    }

    [Fact]
    public void AnOptionAnswers()
    {
        var column = Column.With(new TypingOptions { DecimalMark = ',' }, "c", "1,234", "2,500");

        Assert.Null(column.Question);
        Assert.Equal(["1.234"], column.Read("1,234"));
    }

    [Fact]
    public void AnotherColumnOfTheFileSettlesTheMark()
    {
        var file = new FileTyping(["Net", "Gross"]);
        file.Add(0, "1,234");
        file.Add(1, "2,5");
        var columns = file.Conclude();

        Assert.Equal(["1.234"], columns[0].Read("1,234"));
        Assert.Contains("other columns of the file prove it: 'Gross' (,)", columns[0].Evidence);
    }

    [Fact]
    public void WhatTheFileItselfCallsANumberHasAPoint()
    {
        var typing = new ColumnTyping("c");
        typing.Add("1.234", CellKind.Number);

        Assert.Equal(["1.234"], typing.Conclude().Read("1.234"));
    }

    [Fact]
    public void WordsForNothingAreBlankAndRemarksAreCounted()
    {
        var column = Column.Of([.. Enumerable.Range(1, 97).Select(i => $"{i}.5"), "N/A", "on request", ""]);

        Assert.Equal((ColumnType.Decimal, 98L, 2L, 1L), (column.Type, column.Filled, column.Blank, column.Unreadable));
    }
}
