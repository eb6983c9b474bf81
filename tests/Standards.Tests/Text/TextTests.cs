using Xunit.Abstractions;

namespace Standards.Tests.Text;

public sealed class TextTests(ITestOutputHelper output)
{
    private static readonly string[] Written = [".cs", ".csproj", ".props", ".targets", ".md", ".json", ".js", ".mjs", ".ps1", ".txt", ""];

    [Fact]
    public void NoBannedWordStandsInTheRepository() =>
        Assert.Empty(WordRule.Violations(Repository.Files("", Written).Where(f => f.Path != "eng/BannedSymbols.txt")));

    [Theory]
    [InlineData("class A { void B() => Thread.", "Sleep(1); }")]
    [InlineData("var at = DateTime.", "UtcNow;")]
    [InlineData("var path = \"/wo", "rk/data\";")]
    [InlineData("\"/ho", "me/me/data\"")]
    public void ABannedWordIsFound(string start, string end) =>
        Assert.StartsWith("src/A.cs(2)", Assert.Single(WordRule.Violations([new("src/A.cs", "\n" + start + end)])));

    [Fact]
    public void NoFileIsTooLong()
    {
        var files = Repository.Files("src", ".cs").Concat(Repository.Files("tests", ".cs")).Concat(Repository.Files("plugins", ".cs")).ToList();
        foreach (var sentence in SizeRule.Violations(files, SizeRule.Look))
        {
            output.WriteLine(sentence);
        }

        Assert.Empty(SizeRule.Violations(files, SizeRule.Limit));
    }

    [Fact]
    public void AFileThatIsTooLongIsFound() =>
        Assert.Single(SizeRule.Violations([new("src/A.cs", new string('\n', 401)), new("src/B.cs", new string('\n', 400))], SizeRule.Limit));

    [Fact]
    public void NamespacesAreFolders() =>
        Assert.Empty(Repository.Projects().SelectMany(p => NamespaceRule.Violations(p, Repository.Files(p.Folder, ".cs"))));

    [Fact]
    public void ANamespaceThatIsNotItsFolderIsFound()
    {
        var project = new Project("Core", "src/Core", "C", "Flatfile.Agent.Core", []);
        var right = new SourceFile("src/Core/Jobs/A.cs", "using System;\n\nnamespace Flatfile.Agent.Core.Jobs;\n");

        Assert.Empty(NamespaceRule.Violations(project, [right]));
        Assert.Single(NamespaceRule.Violations(project, [right with { Path = "src/Core/Store/A.cs" }]));
    }
}
