namespace AgentHost.Tests.Support;

/// <summary>How a run of the host ended.</summary>
internal sealed record HostResult(int ExitCode, string Output, string Error)
{
    /// <summary>A code and a sentence beside what was printed.</summary>
    public void Says(int exitCode, string text)
    {
        Assert.True(exitCode == ExitCode, $"Exit code {ExitCode} instead of {exitCode}.\n{Output}\n{Error}");
        Assert.Contains(text, Error);
        Assert.DoesNotContain("   at ", Error);
    }

    /// <summary>What a fault looks like from outside: the code, one clear message, no trace, nothing on standard output.</summary>
    public void IsRefusal(int exitCode, params string[] says)
    {
        Assert.True(exitCode == ExitCode, $"Exit code {ExitCode} instead of {exitCode}.\n{Output}\n{Error}");
        Assert.StartsWith("error: ", Error);
        Assert.All(says, word => Assert.Contains(word, Error));
        Assert.DoesNotContain("   at ", Error);
        Assert.DoesNotContain("Exception", Error);
        Assert.InRange(Error.Count(c => c == '\n'), 1, 6);
        Assert.Empty(Output);
    }
}
