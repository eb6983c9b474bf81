using System.Text.Json;
using Flatfile.Agent.Handlers.Automap;
using Flatfile.Agent.Handlers.Typing;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Tests.Automap;

public sealed class SheetMatchTests
{
    [Fact]
    public void TwoColumnsThatFitOneFieldAreAskedAbout()
    {
        var match = Match(["Work e-mail", "Home e-mail", "Name"], [Field("email"), Field("name")]);

        Assert.Equal("name", Assert.Single(match.Mapped).To.Key);
        Assert.Empty(match.Questions);
        Assert.Equal("email", Assert.Single(match.Suggestions).To.Key);
    }

    [Fact]
    public void TwoColumnsWithTheFieldsNameAreAskedAboutAndNoneIsMapped()
    {
        var match = Match(["E-Mail", "e_mail"], [Field("email")]);

        Assert.Empty(match.Mapped);
        var question = Assert.Single(match.Questions);
        Assert.Equal("The columns 'E-Mail' and 'e_mail' fit the field 'email' equally well, so none is mapped. Say which with the option mapping, such as {\"E-Mail\": \"email\"}.", question.Text);
    }

    [Fact]
    public void ValuesDecideBetweenTwoFieldsOfOneName()
    {
        var fields = new[] { Field("contact_phone"), Field("contact_email") };
        var values = Profiles(("c0", ["a@b.de", "c@d.de"]));

        Assert.Empty(Match(["Contact"], fields).Mapped);
        var mapped = Match(["Contact"], fields, new MatchKnowledge { Profiles = values });
        Assert.Equal("contact_email", mapped.Mapped.Concat(mapped.Suggestions).Single().To.Key);
    }

    [Fact]
    public void ALikelyNameWhoseValuesCannotBeTheFieldsIsNotMapped()
    {
        var text = Profiles(("c0", ["blue", "red and green", "x y z"]));
        var numbers = Profiles(("c0", ["1.5", "2.5"]));

        Assert.Equal("price", Match(["Unit price"], [Field("price", "number")], new MatchKnowledge { Profiles = numbers }).Mapped.Single().To.Key);
        Assert.Empty(Match(["Unit price"], [Field("price", "number")], new MatchKnowledge { Profiles = text }).Mapped);
    }

    [Fact]
    public void ADeclaredNameIsMappedAgainstItsValuesAndTheReasonSaysSo()
    {
        var mapped = Match(["price"], [Field("price", "number")], new MatchKnowledge { Profiles = Profiles(("c0", ["a b", "c d"])) }).Mapped.Single();

        Assert.Equal("the same name, but the field wants numbers, and its values are texts", mapped.Reason);
        Assert.InRange(mapped.Confidence, 0.75, 0.95);
    }

    [Fact]
    public void OptionsOfAnEnumFieldSpeakForAColumn()
    {
        var field = new Property
        {
            Key = "state", Type = "enum",
            Config = new PropertyConfig { Options = [.. new[] { "open", "closed" }.Select(o => new EnumOption { Value = JsonSerializer.SerializeToElement(o), Label = o })] },
        };
        var knowledge = new MatchKnowledge { Profiles = Profiles(("c0", ["Open", "closed", "open"])) };

        Assert.Empty(Match(["Ticket state"], [field]).Mapped);
        Assert.Equal("some of the same words: state, and 100% of its values are options of the field", Match(["Ticket state"], [field], knowledge).Mapped.Single().Reason);
    }

    [Fact]
    public void ValuesOfTheReferredSheetSpeakForAColumn()
    {
        var field = new Property { Key = "country", Type = "reference", Config = new PropertyConfig { Ref = "countries", Key = "code" } };
        var references = new Dictionary<(string, string), IReadOnlySet<string>> { [("countries", "code")] = new HashSet<string> { "DE", "FR" } };

        Assert.Single(Match(["iso country"], [field], new MatchKnowledge { Profiles = Profiles(("c0", ["DE", "FR"])), References = references }).Mapped);
        Assert.Empty(Match(["home country"], [field], new MatchKnowledge { Profiles = Profiles(("c0", ["Bayern", "Hessen"])), References = references }).Mapped);
    }

    [Fact]
    public void WhatWasLearntGoesBeforeNamesAndWhatIsGivenBeforeAll()
    {
        Property[] fields = [Field("first"), Field("second")];
        var learnt = new MatchKnowledge { Learnt = new Dictionary<(string, string), string> { [("s", "zweite")] = "second" } };

        Assert.Equal(("second", NameCloseness.Learnt), Single(Match(["Zweite"], fields, learnt)));
        Assert.Equal(("first", NameCloseness.Given), Single(Match(["Zweite"], fields, learnt with { Given = new Dictionary<string, string> { ["Zweite"] = "first" } })));
        Assert.Empty(Match(["first"], fields, new MatchKnowledge { Given = new Dictionary<string, string> { ["first"] = "" } }).Mapped);

        static (string, NameCloseness) Single(SheetMatch match) => (match.Mapped.Single().To.Key, match.Mapped.Single().Closeness);
    }

    [Fact]
    public void ExactTakesNoSynonyms()
    {
        Property[] fields = [Field("first_name")];

        Assert.Single(Match(["Vorname"], fields).Mapped);
        Assert.Empty(Match(["Vorname"], fields, new MatchKnowledge { OnlyExact = true }).Mapped);
        Assert.Single(Match(["First-Name"], fields, new MatchKnowledge { OnlyExact = true }).Mapped);
    }

    [Fact]
    public void AllColumnsTogetherAreMappedBest()
    {
        // Alone, "City" fits both; together each has its own.
        var match = Match(["City", "Billing city"], [Field("billing_city"), Field("city")]);

        Assert.Equal([("City", "city"), ("Billing city", "billing_city")], match.Mapped.Select(m => (m.FromName, m.To.Key)));
    }

    [Theory]
    [InlineData("County", "country")]
    [InlineData("State", "status")]
    [InlineData("Shipping city", "billing_city")]
    [InlineData("Order date", "order_number")]
    [InlineData("Updated at", "created_at")]
    [InlineData("Customer name", "customer_number")]
    [InlineData("Start date", "end_date")]
    [InlineData("Net", "gross")]
    public void NamesThatOnlyLookAlikeAreNotMapped(string column, string field)
    {
        var match = Match([column], [Field(field)]);

        Assert.Empty(match.Mapped);
        Assert.Empty(match.Suggestions);
    }

    private static SheetMatch Match(string[] columns, Property[] fields, MatchKnowledge? knowledge = null) => SheetMatch.Of(
        [.. columns.Select((c, i) => new Property { Key = $"c{i}", Label = c, Type = "string" })],
        new Sheet { Id = "s", WorkbookId = "w", Name = "S", Slug = "s", Config = new SheetConfig { Name = "S", Fields = fields } },
        knowledge);

    private static Property Field(string key, string type = "string") => new() { Key = key, Type = type };

    private static Dictionary<string, TypedColumn> Profiles(params (string Key, string[] Cells)[] columns) => columns.ToDictionary(c => c.Key, c =>
    {
        var typing = new ColumnTyping(c.Key);
        Array.ForEach(c.Cells, cell => typing.Add(cell));
        return typing.Conclude();
    });
}
