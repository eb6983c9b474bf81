using System.Text.Json;
using Flatfile.Agent.Handlers.Automap;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Tests.Automap;

public sealed class EnumMatchTests
{
    [Theory]
    [InlineData("active", "active")]
    [InlineData(" ACTIVE ", "active")]
    [InlineData("In-Progress", "in_progress")]
    [InlineData("Working on it", "in_progress")]
    [InlineData("actve", "active")]
    [InlineData("storniert", "cancelled")]
    [InlineData("canceled", "cancelled")]
    [InlineData("Closed?", "closed")]
    [InlineData("act", "active")]
    public void AValueFindsTheOptionItMeans(string value, string option) => Assert.Equal(option, States.Find(value)!.Text);

    [Theory]
    [InlineData("c")]
    [InlineData("unknown")]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("inactive")]
    public void AValueThatMeansNoneOrSeveralFindsNone(string value) => Assert.Null(States.Find(value));

    [Theory]
    [InlineData("1", "true")]
    [InlineData("ja", "true")]
    [InlineData("No", "false")]
    public void TruthValuesAreFoundByTheirWords(string value, string option) => Assert.Equal(option, Of(("true", "Yes"), ("false", "No")).Find(value)!.Text);

    [Theory]
    [InlineData("DEU", "DE")]
    [InlineData("germany", "DE")]
    [InlineData("us", "US")]
    public void CountriesAreFoundByCodeAndName(string value, string option) => Assert.Equal(option, Of(("DE", "Germany"), ("US", "United States")).Find(value)!.Text);

    [Fact]
    public void TheOptionsOwnValueIsSaidToBeTheSame()
    {
        Assert.True(States.Find("active")!.IsSame);
        Assert.False(States.Find("Active")!.IsSame);
        Assert.Equal("the same in another spelling", States.Find("Active")!.Reason);
    }

    [Fact]
    public void AFieldWithoutOptionsIsNoEnum() => Assert.Null(EnumMatch.Of(new Property { Key = "x", Type = "string" }));

    private static EnumMatch States => Of(("active", "Active"), ("in_progress", "Working on it"), ("cancelled", "Cancelled"), ("closed", "Closed"));

    private static EnumMatch Of(params (string Value, string Label)[] options) => EnumMatch.Of(new Property
    {
        Key = "state", Type = "enum", Config = new PropertyConfig { Options = [.. options.Select(o => new EnumOption { Value = JsonSerializer.SerializeToElement(o.Value), Label = o.Label })] },
    })!;
}
