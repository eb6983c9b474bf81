using Flatfile.Agent.Handlers.Automap;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Tests.Automap;

public sealed class SheetChoiceTests
{
    [Fact]
    public void TheSheetThatIsTheFileBeatsOneThatOnlyContainsIt()
    {
        var choice = SheetChoice.Among("x", Columns("id", "code", "name"), [NewSheet("Regions", Field("id"), Field("code"), Field("name"), Field("country")), NewSheet("Countries", Field("id"), Field("code"), Field("name"))]);

        Assert.Equal("Countries", choice.Match!.Sheet.Name);
    }

    [Fact]
    public void EveryRequiredFieldMustBeFound()
    {
        var choice = SheetChoice.Among("x", Columns("id", "name"), [NewSheet("People", Field("id"), Field("name"), Field("email", required: true))]);

        Assert.Null(choice.Match);
        Assert.Equal("the closest sheet, People, requires email", choice.Reason);
    }

    [Theory]
    [InlineData("E-Mail Address", "email_address")]
    [InlineData("Größe", "grosse", "Grösse", "groesse")]
    [InlineData("Prénom", "prenom")]
    [InlineData("%", "percent")]
    [InlineData("Mail", "email", "mail", "e-mail")]
    public void NamesMatchExactlyOrNormalisedOrByAlternative(string column, string key, params string[] alternatives)
    {
        var field = new Property { Key = key, Type = "string", AlternativeNames = [.. alternatives, column] };

        Assert.NotNull(SheetChoice.Among("x", Columns(column), [NewSheet("S", field)]).Match);
    }

    [Fact]
    public void AnExactNameIsPreferredToANormalisedOne()
    {
        var match = SheetMatch.Of(Columns("E-mail", "email"), NewSheet("S", Field("email")));

        var mapped = Assert.Single(match.Mapped);
        Assert.Equal("email", mapped.From.Label);
        Assert.Equal(NameCloseness.Exact, mapped.Closeness);
        Assert.Equal("E-mail", Assert.Single(match.Unmapped).Label);
    }

    [Fact]
    public void MostColumnsMustMap()
    {
        var choice = SheetChoice.Among("x", Columns("id", "b", "c", "d"), [NewSheet("S", Field("id"), Field("b"))]);

        Assert.Equal("only 2 of its 4 columns have the name of a field of the closest sheet, S", choice.Reason);
    }

    [Fact]
    public void TheFileNameDecidesBetweenEqualsAndWithoutItNoneClaims()
    {
        Sheet[] sheets = [NewSheet("Buyers", Field("id"), Field("name")), NewSheet("Sellers", Field("id"), Field("name"))];

        Assert.Equal("Sellers", SheetChoice.Among("sellers", Columns("id", "name"), sheets).Match!.Sheet.Name);
        var none = SheetChoice.Among("people", Columns("id", "name"), sheets);
        Assert.Null(none.Match);
        Assert.Equal("it fits these sheets equally well: Buyers, Sellers; name the file after the one it is for", none.Reason);
    }

    [Fact]
    public void NoSheetsAndNoCommonNamesAreSaid()
    {
        Assert.Equal("the space has no workbook with sheets to map into", SheetChoice.Among("x", Columns("id"), []).Reason);
        Assert.Equal("none of its columns has the name of a field", SheetChoice.Among("x", Columns("q"), [NewSheet("S", Field("id"))]).Reason);
    }

    private static List<Property> Columns(params string[] labels) => [.. labels.Select((l, i) => new Property { Key = $"c{i}", Label = l, Type = "string" })];

    private static Property Field(string key, bool required = false) =>
        new() { Key = key, Type = "string", Constraints = required ? [new Constraint { Type = "required" }] : null };

    private static Sheet NewSheet(string name, params Property[] fields) =>
        new() { Id = name, WorkbookId = "w", Name = name, Slug = name.ToLowerInvariant(), Config = new SheetConfig { Name = name, Fields = fields } };
}
