namespace Standards.Tests.Reliability;

public sealed class ReliabilityTests
{
    private const string Page = "| id | what goes wrong | what must be seen | tests | state |\n|---|---|---|---|---|\n";

    private static readonly IReadOnlyList<string> Wanted =
        [.. Enumerable.Range(1, 30).Select(i => $"E-{i:00}"), .. Enumerable.Range(1, 28).Select(i => $"F-{i:00}"), .. Enumerable.Range(1, 30).Select(i => $"J-{i:00}"),
            .. Enumerable.Range(1, 9).Select(i => $"C-{i:00}")];

    [Fact]
    public void ThePageOfReliabilitySaysWhatTheTestsSay() =>
        Assert.Empty(ReliabilityPage.Violations(
            Repository.Files("docs", ".md").Single(f => f.Path == "docs/reliability.md").Text, ProvenRows.Of(Repository.Files("tests", ".cs").Where(f => !f.Path.Contains("/Reliability/"))), Wanted));

    [Fact]
    public void ATestIsFoundUnderEachRowItNames()
    {
        var proven = ProvenRows.Of([new SourceFile("tests/A.cs", """
            [Trait("Row", "E-03")]
            public sealed class Crashes
            {
                [Fact]
                [Trait("Row", "E-01")]
                [Trait("Row", "E-02")]
                public async Task It_comes_back()
                [Fact]
                public void Other()
            }
            """)]);

        Assert.Equal(["Crashes.It_comes_back"], proven["E-01"]);
        Assert.Equal(["Crashes.It_comes_back"], proven["E-02"]);
        Assert.Equal(["Crashes.It_comes_back", "Crashes.Other"], proven["E-03"]);
    }

    [Theory]
    [InlineData("| E-01 | a | b | `T.One` | tested |", 0)]
    [InlineData("| E-01 | a | b | `T.Other` | tested |", 1)]
    [InlineData("| E-01 | a | b | `T.One` | open: later |", 1)]
    [InlineData("| E-01 | a | b |  | open: later |", 2)]
    [InlineData("", 1)]
    public void APageThatSaysSomethingElseIsFound(string row, int violations) =>
        Assert.Equal(violations, ReliabilityPage.Violations(Page + row, new[] { ("E-01", "T.One") }.ToLookup(p => p.Item1, p => p.Item2), ["E-01"]).Count());
}
