using System.Text.Json.Nodes;
using Flatfile.Spaces.Records;

namespace Flatfile.Spaces.Tests.Records;

public class SelectionConfigTests
{
    [Fact]
    public void AConfigNamesTheSameAsAQuery()
    {
        var query = Read("""{"sheet":"us_sh_1","filter":"valid","filterField":"a","searchValue":"x","searchField":"b","q":"is valid","sortField":"c","sortDirection":"desc","ids":["1"],"exceptions":["2"]}""");

        Assert.Equal(
            ("valid", "a", "x", "b", "is valid", "c", true), (query.Filter, query.FilterField, query.SearchValue, query.SearchField, query.Q, query.SortField, query.IsDescending));
        Assert.Equal(["1", "2"], query.Ids);
        Assert.Equal(["1"], Read("""{"ids":"1"}""").Ids);
    }

    [Fact]
    public void AllFaultsOfAConfigAreNamedAtOnce()
    {
        var fault = Assert.Throws<RecordBodyException>(() => Read("""{"filter":"some","q":5,"ids":[1],"sortDirection":"up"}"""));

        foreach (var member in (string[])["filter:", "q:", "ids:", "sortDirection:"])
        {
            Assert.Contains(member, fault.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>A config, and the filter left when rows are changed by it.</summary>
    [Theory]
    [InlineData("{}", "none")]
    [InlineData("""{"q":"is valid"}""", null)]
    [InlineData("""{"searchValue":"x"}""", null)]
    [InlineData("""{"exceptions":["1"]}""", null)]
    [InlineData("""{"filter":"all"}""", "all")]
    public void WhatSaysNothingTakesNothing(string config, string? filter) => Assert.Equal(filter, Read(config).Cautious().Filter);

    private static RowQuery Read(string config) => SelectionConfig.Read(null!, JsonNode.Parse(config)!.AsObject());
}
