using System.Text.Json;
using System.Text.RegularExpressions;
using AgentHost.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Host.Doctoring;
using Microsoft.Extensions.Configuration;

namespace AgentHost.Tests.Doctoring;

public sealed partial class DoctorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AFreshFolderIsWellAndStaysUntouched()
    {
        var result = await HostProgram.RunAsync(_folder.Path, ["doctor", "--port", FreePort.Next(), "--json"]);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        var findings = Findings(result);
        Assert.DoesNotContain(findings, f => f.Level == "bad");
        Assert.All((string[])["Settings", "Flatfile", "Data folder", "Port", "Handles", "Plugins", "Versions"], s => Assert.Contains(findings, f => f.Subject == s));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task AMisspeltSettingNamesTheOneThatWasMeantAndAValueThatCannotBeReadIsBad()
    {
        _folder.Write("appsettings.json", """{ "Agent": { "MaxConcurency": 3, "MaxConcurrency": "many" } }""");

        var result = await HostProgram.RunAsync(_folder.Path, ["doctor", "--port", FreePort.Next()], ("NO_COLOR", "1"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Agent:MaxConcurency is set, and no such setting exists", result.Output);
        Assert.Contains("Did you mean Agent:MaxConcurrency?", result.Output);
        Assert.Contains("✗ BAD  Failed to convert configuration value 'many' at 'Agent:MaxConcurrency'", result.Output);
    }

    [Fact]
    public async Task AKeyThatIsRefusedAndAServerThatIsNotThereAreBad()
    {
        await using var served = await ServedFolder.StartAsync(_folder);

        var refused = await HostProgram.RunAsync(_folder.Path, ["doctor", "--data", "other", "--json"], ("FLATFILE_API_URL", served.Url), ("FLATFILE_API_KEY", "sk_wrong"));
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(Findings(refused), f => f is { Subject: "Flatfile", Level: "bad" } && f.What.Contains("refused (401)", StringComparison.Ordinal));
        Assert.DoesNotContain("sk_wrong", refused.Output);

        var away = await HostProgram.RunAsync(_folder.Path, ["doctor", "--data", "other", "--json"], ("FLATFILE_API_URL", "http://localhost:" + FreePort.Next()), ("FLATFILE_API_KEY", "sk_any"));
        Assert.Contains(Findings(away), f => f is { Subject: "Flatfile", Level: "bad" } && f.What.Contains("does not answer", StringComparison.Ordinal));

        var own = await HostProgram.RunAsync(_folder.Path, ["doctor", "--port", new Uri(served.Url).Port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--json"]);
        Assert.Contains(Findings(own), f => f.What == "The key may read events.");
        Assert.Contains(Findings(own), f => f.What == "Its clock and ours agree.");
        Assert.Contains(Findings(own), f => f is { Subject: "Port", Level: "good" } && f.What.Contains("held by the agent of this folder", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ACheckThatThrowsOrNeverEndsIsAFindingAndTheOthersAreHeard()
    {
        IDoctorCheck[] checks =
        [
            new Check("throws", () => throw new InvalidOperationException("broken inside")),
            new Check("hangs", () => new TaskCompletionSource<IReadOnlyList<DoctorFinding>>().Task),
            new Check("well", () => Task.FromResult<IReadOnlyList<DoctorFinding>>([new DoctorFinding(DoctorLevel.Good, "fine")])),
        ];

        var report = await Doctor.LookAsync(checks, TimeSpan.FromMilliseconds(200), TimeProvider.System, CancellationToken.None);

        Assert.Equal(["throws", "hangs", "well"], report.Subjects.Select(s => s.Subject));
        Assert.Equal((2, 0), (report.Bad, report.Warnings));
        Assert.Contains("broken inside", report.Subjects[0].Findings[0].What);
        Assert.StartsWith("Nothing was heard", report.Subjects[1].Findings[0].What);
        Assert.Equal("fine", report.Subjects[2].Findings[0].What);
    }

    [Fact]
    public void EverySettingOfTheShippedFileIsKnown()
    {
        var configuration = new ConfigurationBuilder().AddJsonFile(Repository.Path("appsettings.json")).Build();

        Assert.Empty(SettingsCheck.Unknown(configuration, KnownSettings.OfThisProgram()));
    }

    [Theory]
    [InlineData("docs", "operations.md")]
    [InlineData("docs", "plugins.md")]
    [InlineData("docs", "recurring.md")]
    public void EverySettingAPageNamesIsKnown(params string[] page)
    {
        var known = KnownSettings.OfThisProgram();
        known.AddOpen("Agent:Plugins");
        known.Add("Agent:OperatorKey");

        // A build without the adapter does not know its settings; the page is for all builds.
        known.AddOpen("Agent:Hangfire");
        var named = Setting().Matches(File.ReadAllText(Repository.Path(page))).Select(m => m.Groups[1].Value).ToList();

        Assert.DoesNotContain(named, name => !known.Has(name) && !known.Names.Any(n => n.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)));
    }

    [GeneratedRegex("`(Agent:[A-Za-z0-9:/-]+)")]
    private static partial Regex Setting();

    private static List<(string Subject, string Level, string What)> Findings(HostResult result) =>
        [.. JsonDocument.Parse(result.Output).RootElement.GetProperty("findings").EnumerateArray()
            .Select(f => (Subject: f.GetProperty("subject").GetString()!, Level: f.GetProperty("level").GetString()!, What: f.GetProperty("what").GetString()!))];

    private sealed class Check(string subject, Func<Task<IReadOnlyList<DoctorFinding>>> look) : IDoctorCheck
    {
        public string Subject => subject;

        public bool IsUsed => true;

        public Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken) => look();
    }
}
