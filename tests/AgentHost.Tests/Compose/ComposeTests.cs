using System.Text.Json;
using System.Text.RegularExpressions;
using AgentHost.Tests.Support;

namespace AgentHost.Tests.Compose;

/// <summary>The services people start beside the agent: closed to others, without passwords of ours, and with the entities the driver expects.</summary>
public sealed partial class ComposeTests
{
    private static readonly string[] Lines = File.ReadAllLines(Repository.Path("compose.yaml"));

    [Fact]
    public void EveryPublishedPortIsOnTheLoopback()
    {
        var ports = Lines.Where(l => PublishedPort().IsMatch(l)).ToList();

        Assert.True(ports.Count >= 4, "The ports were not found.");
        Assert.All(ports, p => Assert.StartsWith("- 127.0.0.1:", p.Trim(), StringComparison.Ordinal));
    }

    [Fact]
    public void EveryPasswordComesFromTheFileTheUserMakesAndIsNamedInItsExample()
    {
        var secrets = Lines.Where(l => SecretName().IsMatch(l) && !l.TrimStart().StartsWith('#')).ToList();
        var example = File.ReadAllLines(Repository.Path(".env.example"));

        Assert.True(secrets.Count >= 4, "The passwords were not found.");
        Assert.All(secrets, s => Assert.Matches(@"[:=] ?\$\{[A-Z_]+:\?[^}]+\}$", s));
        foreach (Match variable in Variable().Matches(string.Join('\n', Lines)))
        {
            Assert.Contains(variable.Groups[1].Value + "=", example);
        }

        Assert.Contains(".env", File.ReadAllLines(Repository.Path(".gitignore")));
    }

    [Fact]
    public void EveryServiceSaysWhenItIsReady()
    {
        var services = Lines.SkipWhile(l => l != "services:").TakeWhile(l => l != "volumes:").ToList();

        Assert.Equal(services.Count(l => ServiceName().IsMatch(l)), services.Count(l => l.StartsWith("    healthcheck:", StringComparison.Ordinal)));
        Assert.True(services.Count(l => ServiceName().IsMatch(l)) >= 4);
    }

    [Fact]
    public void TheEmulatorHasTheQueueTheDriverTakesWithoutSettings()
    {
        const string Config = "eng/servicebus-emulator.json";
        Assert.Contains(Lines, l => l.Trim().StartsWith($"- ./{Config}:", StringComparison.Ordinal));
        var options = File.ReadAllText(Repository.Path("src/Drivers.AzureServiceBus/AzureServiceBusOptions.cs"));
        var queue = DefaultQueue().Match(options).Groups[1].Value;
        using var config = JsonDocument.Parse(File.ReadAllText(Repository.Path(Config)));

        var own = config.RootElement.GetProperty("UserConfig").GetProperty("Namespaces")[0].GetProperty("Queues").EnumerateArray()
            .Single(q => q.GetProperty("Name").GetString() == queue).GetProperty("Properties");

        Assert.Equal(DefaultSessions().Match(options).Groups[1].Value == "true", own.GetProperty("RequiresSession").GetBoolean());
        Assert.False(own.GetProperty("RequiresDuplicateDetection").GetBoolean());
    }

    [GeneratedRegex(@"^\s+- [0-9.:]*\d+:\d+$")]
    private static partial Regex PublishedPort();

    [Fact]
    public void TheAgentsShareAStoreAndABusAndAreAsClosedAsTheImageAllows()
    {
        var text = string.Join('\n', Lines);

        Assert.Equal(2, Lines.Count(l => l == "    <<: *agent"));
        Assert.All(
            (string[])["Agent__Store__Kind: PostgreSql", "Agent__Driver: AzureServiceBus", "Agent__Bridge__From: SpacesStream", "Agent__Bridge__To: AzureServiceBus", "stop_grace_period: 60s"],
            line => Assert.Contains(line, text, StringComparison.Ordinal));
        Assert.All(
            (string[])["read_only: true", "cap_drop: [ALL]", """security_opt: ["no-new-privileges:true"]""", "tmpfs: [/tmp]"],
            line => Assert.Equal(2, Lines.Count(l => l.Trim() == line)));
    }

    [GeneratedRegex("PASS|Password=|SPACES_KEY|API_KEY:|OperatorKey:|DevelopmentKey:")]
    private static partial Regex SecretName();

    [GeneratedRegex(@"\$\{([A-Z_]+)")]
    private static partial Regex Variable();

    [GeneratedRegex("^  [a-z-]+:$")]
    private static partial Regex ServiceName();

    [GeneratedRegex("DefaultQueue = \"([^\"]+)\"")]
    private static partial Regex DefaultQueue();

    [GeneratedRegex(@"bool Sessions \{ get; set; \} = (true|false)")]
    private static partial Regex DefaultSessions();
}
