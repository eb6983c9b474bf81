using System.Text.Json;
using Flatfile.Agent.Handlers.Autocast;
using Flatfile.Agent.Handlers.Automap;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Agent.Handlers.Typing;
using Flatfile.Agent.Handlers.Validation;

namespace Flatfile.Agent.Handlers.Tests.Guides;

/// <summary>The pages about what columns hold and where they go: their examples do what the pages say, and all options stand there.</summary>
public sealed class ColumnGuideTests
{
    [Theory]
    [InlineData("automap.md", typeof(AutomapOptions), "OnlyExact FailsUnclaimed")]
    [InlineData("autocast.md", typeof(AutocastOptions), "")]
    public void APageListsEveryOptionAndNoOther(string page, Type options, string others)
    {
        var there = options.GetProperties().Select(p => p.Name).Except([.. others.Split(' '), "EqualityContract"]);

        Assert.Equal(there.Order(StringComparer.OrdinalIgnoreCase), new GuidePage(page).Options().Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public void TheExampleOfAutomapTakesOnlySureNamesAndFailsWhatNoSheetClaims()
    {
        var options = AutomapOptions.Of(new GuidePage("automap.md").Settings(), null);

        Assert.Equal((true, true), (options.OnlyExact, options.FailsUnclaimed));
    }

    [Fact]
    public void TheExampleOfAutocastCastsTheSheetsItNamesByTheOrderItNames()
    {
        var options = AutocastOptions.Of(new GuidePage("autocast.md").Settings(), null);

        Assert.Equal([true, true, false], ((string[])["orders", "contacts-2024", "other"]).Select(options.Covers));
        Assert.Equal(DateOrder.DayMonthYear, options.For("due").DateOrder);
    }

    [Fact]
    public async Task TheExampleOfValidationMarksWhatIsNoNumberOfItsCountry()
    {
        var hook = Assert.Single(FieldChecks.HooksFor([], new GuidePage("validation.md").Settings()));
        var record = FlatfileRecord.FromJson(JsonDocument.Parse("""{"id":"us_rc_1","values":{"phone":{"value":"12"},"country":{"value":"DE"}}}""").RootElement);

        await hook.RunAsync([record], new TestEventContext(Events.Of("commit:created", new { })), CancellationToken.None);

        Assert.Equal("contacts", hook.SheetSlug);
        Assert.Single(record.MessagesOf("phone"));
        Assert.Empty(record.MessagesOf("country"));
    }

    [Fact]
    public void ThePageOfValidationListsEveryCheckAndNoOther() =>
        Assert.Equal(ValueChecks.Names.Where(n => !n.Contains(':')).Order(StringComparer.Ordinal), new GuidePage("validation.md").Options().Order(StringComparer.Ordinal));

    [Fact]
    public void TheExampleOfTypingSaysWhatThePageSays()
    {
        var typing = new ColumnTyping("Price");
        typing.Add("1.234,56");
        typing.Add("7,50");
        var column = typing.Conclude();

        Assert.Equal(ColumnType.Decimal, column.Type);
        Assert.Equal("1234.56", column.Reading!.Read("1.234,56"));
        Assert.Contains("2 values can be read only with a decimal comma, such as 1.234,56", column.Evidence);
    }
}
