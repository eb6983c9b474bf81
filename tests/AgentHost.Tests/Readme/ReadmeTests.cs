using System.Text.Json;
using System.Text.RegularExpressions;
using AgentHost.Tests.Support;
using Contacts;
using Flatfile.Agent;
using Flatfile.Agent.Host.Commands;

namespace AgentHost.Tests.Readme;

public sealed partial class ReadmeTests
{
    private static readonly string[] OfTheScript = ["test", "bench"];

    private static string Readme { get; } = File.ReadAllText(Repository.Path("README.md"));

    [Fact]
    public void TheFirstPluginIsTheOneThatIsCompiledHere()
    {
        var source = File.ReadAllText(Repository.Path("tests", "AgentHost.Tests", "Readme", "TidyContacts.cs"));
        var snippet = source.Split("// snippet\n")[1].Split("// end")[0];

        Assert.Contains("```csharp\n" + snippet + "```", Readme);
    }

    [Fact]
    public async Task TheFirstPluginDoesWhatItSays()
    {
        var record = FlatfileRecord.FromJson(JsonDocument.Parse("""
            {"id":"us_rc_1","values":{"country":{"value":"na","messages":[]},"email":{"value":"nobody","messages":[]}}}
            """).RootElement);

        await new TidyContacts().RunAsync([record], null!, CancellationToken.None);

        Assert.Equal("NA", record.GetText("country"));
        Assert.Equal("'nobody' has no @: write the whole address.", Assert.Single(record.MessagesOf("email")).Text);
    }

    [Fact]
    public void EveryCommandInItIsOneTheProgramKnows()
    {
        var commands = Command().Matches(Readme).Select(m => m.Groups[1].Value.Trim()).ToList();
        var root = AgentCommandLine.Create(new SharedOptions());

        Assert.True(commands.Count >= 8, "README names the commands.");
        Assert.All(commands.Where(c => !OfTheScript.Contains(c)), c => Assert.Empty(root.Parse(c.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Errors));
        Assert.All(OfTheScript, c => Assert.Contains(c, commands));
    }

    [Fact]
    public async Task TheVersionAndTheHelpAnswer()
    {
        using var folder = new TemporaryFolder();
        foreach (var arguments in (string[][])[["--version"], ["--help"], ["import", "--help"], ["env", "--help"], ["explain", "--help"]])
        {
            var result = await HostProgram.RunAsync(folder.Path, arguments);

            Assert.Equal(0, result.ExitCode);
            Assert.NotEmpty(result.Output);
            Assert.Empty(result.Error);
        }
    }

    [GeneratedRegex("""^(?:\| `|`)?\./agent(?:\.ps1)?((?: [^`\n]*)?)""", RegexOptions.Multiline)]
    private static partial Regex Command();
}
