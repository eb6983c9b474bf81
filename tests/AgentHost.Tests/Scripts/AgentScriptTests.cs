using System.Diagnostics;
using AgentHost.Tests.Support;

namespace AgentHost.Tests.Scripts;

/// <summary>The script <c>./agent</c> in a repository of its own: what it builds, and what it passes on.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class AgentScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public AgentScriptTests()
    {
        File.Copy(Repository.Path("agent"), _folder["agent"]);
        foreach (var file in (string[])["appsettings.json", "global.json", "Directory.Build.props", "Directory.Packages.props"])
        {
            _folder.Write(file, "{}");
        }

        Directory.CreateDirectory(_folder["src/AgentHost/bin/Release"]);
        Directory.CreateDirectory(_folder["plugins"]);
        Directory.CreateDirectory(_folder["eng"]);
        Directory.CreateDirectory(_folder["artifacts/agent"]);
        Directory.CreateSymbolicLink(_folder["src/AgentHost/bin/Release/net10.0"], Path.GetDirectoryName(HostProgram.Dll)!);
        _folder.Write("src/AgentHost/AgentHost.csproj", "");
        _folder.Write("artifacts/agent/built", "");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WhenNothingChangedItOnlyRunsAndPassesArgumentsAndExitCodesOn()
    {
        var version = await RunAsync("--version");
        Assert.True(version.ExitCode == 0, version.Error);
        Assert.StartsWith("Flatfile.Agent ", version.Output);
        Assert.Empty(version.Error);

        (await RunAsync("import", "no where.csv")).IsRefusal(2, "no where.csv: there is no such file");
    }

    [Fact]
    public async Task WhenASourceChangedItBuildsAndSaysWhatIsWrong()
    {
        var tools = FakeDotnet("echo 'A.cs(1,2): error CS1002: ; expected'; exit 1");
        File.SetLastWriteTimeUtc(_folder["src/AgentHost/AgentHost.csproj"], File.GetLastWriteTimeUtc(_folder["artifacts/agent/built"]).AddSeconds(5));

        var result = await RunWithAsync(tools, "--version");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("error CS1002", result.Error);
        Assert.Contains("error: The build failed", result.Error);
        Assert.Empty(result.Output);
        Assert.False(Directory.Exists(_folder["artifacts/agent/building"]), "The lock is given back.");
    }

    [Fact]
    public async Task AfterABuildItDoesNotBuildAgain()
    {
        var tools = FakeDotnet($"echo \"$1\" >> '{_folder["calls"]}'");
        File.SetLastWriteTimeUtc(_folder["artifacts/agent/built"], File.GetLastWriteTimeUtc(_folder["artifacts/agent/built"]).AddMinutes(-5));

        await RunWithAsync(tools, "--version");
        await RunWithAsync(tools, "--version");

        Assert.Equal(["build", "run", "run"], File.ReadAllLines(_folder["calls"]).Select(c => c.EndsWith(".dll", StringComparison.Ordinal) ? "run" : c));
    }

    [Fact]
    public async Task WhatTheFirstBuildMakesIsNoChangeAndADeletedSourceIsOne()
    {
        var tools = FakeDotnet($"echo \"$1\" >> '{_folder["calls"]}'; mkdir -p '{_folder["src/AgentHost/obj"]}'");
        Directory.CreateDirectory(_folder["src/AgentHost/Commands"]);
        _folder.Write("src/AgentHost/Commands/Old.cs", "");
        File.Delete(_folder["artifacts/agent/built"]);

        await RunWithAsync(tools, "--version");
        await RunWithAsync(tools, "--version");
        File.Delete(_folder["src/AgentHost/Commands/Old.cs"]);
        await RunWithAsync(tools, "--version");

        Assert.Equal(["build", "run", "run", "build", "run"], File.ReadAllLines(_folder["calls"]).Select(c => c.EndsWith(".dll", StringComparison.Ordinal) ? "run" : c));
    }

    [Fact]
    public async Task TestsAndBenchmarksGoToTheirRunners()
    {
        var tools = FakeDotnet("echo \"$@\"");
        _folder.Write("eng/test", "#!/bin/sh\necho tests \"$@\"\nexit 3\n");
        File.SetUnixFileMode(_folder["eng/test"], UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var tests = await RunWithAsync(tools, "test", "--filter", "A B");
        Assert.Equal((3, "tests --filter A B\n"), (tests.ExitCode, tests.Output));
        Assert.Contains("tests/Benchmarks -- start", (await RunWithAsync(tools, "bench", "start")).Output);
    }

    [Fact]
    public async Task TheFeedIsAskedOnceForAdaptersAndTheAnswerIsRemembered()
    {
        CopyAdapters();
        var tools = FakeDotnet($"echo \"$1 $3\" >> '{_folder["calls"]}'; [ \"$1\" != restore ] || exit 1");
        File.Delete(_folder["artifacts/agent/built"]);

        var first = await RunWithAsync(tools, "--version");
        File.SetLastWriteTimeUtc(_folder["src/AgentHost/AgentHost.csproj"], File.GetLastWriteTimeUtc(_folder["artifacts/agent/built"]).AddSeconds(5));
        var second = await RunWithAsync(tools, "--version");
        var third = await RunWithAsync(tools, "adapters");

        Assert.Equal(0, first.ExitCode);
        Assert.Contains("Adapters compiled in: none. Not: AzureServiceBus Hangfire; the package feed lacks what they need", first.Error);
        Assert.Equal(1, first.Error.Split('\n').Count(l => l.StartsWith("Adapters", StringComparison.Ordinal)));
        Assert.DoesNotContain("Adapters", second.Error);
        Assert.Contains("Adapters compiled in: none.", third.Error);
        Assert.Equal(2, File.ReadAllLines(_folder["calls"]).Count(c => c == "restore -p:Adapter=AzureServiceBus"));
        Assert.Contains(">false</WithAzureServiceBus>", File.ReadAllText(_folder["artifacts/adapters.props"]));
        Assert.Contains(">false</WithHangfire>", File.ReadAllText(_folder["artifacts/adapters.props"]));
    }

    [Fact]
    public async Task AnAdapterWhosePackagesAreThereIsCompiledIn()
    {
        CopyAdapters();
        var tools = FakeDotnet("exit 0");

        var result = await RunWithAsync(tools, "adapters");

        Assert.Equal("Adapters compiled in: AzureServiceBus Hangfire.\n", result.Error);
        Assert.Contains("<WithAzureServiceBus Condition=\"'$(WithAzureServiceBus)' == ''\">true<", File.ReadAllText(_folder["artifacts/adapters.props"]));
    }

    [Fact]
    public async Task AFeedThatDoesNotAnswerHoldsNobodyUp()
    {
        CopyAdapters();
        var tools = FakeDotnet("exec sleep 60");

        var result = await RunWithAsync(tools, [("ADAPTER_RESTORE_SECONDS", "1")], "adapters");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Not: AzureServiceBus", result.Error);
        Assert.Contains("Gave up after 1 s.", File.ReadAllText(_folder["artifacts/adapters/AzureServiceBus.log"]));
    }

    private void CopyAdapters()
    {
        File.Copy(Repository.Path("eng/adapters"), _folder["eng/adapters"]);
        File.Copy(Repository.Path("eng/adapters.proj"), _folder["eng/adapters.proj"]);
    }

    private string FakeDotnet(string script)
    {
        var tools = Directory.CreateDirectory(_folder["tools"]).FullName;
        var path = Path.Combine(tools, "dotnet");
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return tools;
    }

    private Task<HostResult> RunAsync(params string[] arguments) => RunWithAsync(null, arguments);

    private Task<HostResult> RunWithAsync(string? tools, params string[] arguments) => RunWithAsync(tools, [], arguments);

    private async Task<HostResult> RunWithAsync(string? tools, (string Name, string Value)[] variables, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [_folder["agent"], .. arguments])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = (tools is null ? "" : tools + ":") + Environment.GetEnvironmentVariable("PATH");
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await Task.WhenAll(output, error);
        await process.WaitForExitAsync();
        return new HostResult(process.ExitCode, await output, await error);
    }
}
