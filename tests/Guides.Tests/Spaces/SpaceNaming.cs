using Flatfile.Api;

namespace Guides.Tests.Spaces;

/// <summary>Use descriptive, consistent naming.</summary>
public sealed class SpaceNaming
{
    [Theory]
    [InlineData("Customer Import - Q1 2024")]
    [InlineData("Acme Corp - Product Catalog")]
    [InlineData("User Import - john@example.com")]
    public void Good_names_get_no_advice(string name) => Assert.Empty(SpaceNames.Advise(name));

    [Theory]
    [InlineData("Import", "could be any space")]
    [InlineData("Data", "could be any space")]
    [InlineData("Untitled", "could be any space")]
    [InlineData("  ", "Give the space a name")]
    [InlineData(null, "Give the space a name")]
    [InlineData("Acme Corp ", "begins or ends with blanks")]
    public void Generic_names_get_advice(string? name, string advice) => Assert.Contains(advice, Assert.Single(SpaceNames.Advise(name)), StringComparison.Ordinal);

    [Fact]
    public void Long_names_get_advice() => Assert.Contains("101 characters", Assert.Single(SpaceNames.Advise(new string('x', 101))), StringComparison.Ordinal);
}
