using System.Diagnostics;
using Flow.Tests.Support;

namespace Flow.Tests;

/// <summary>README's first command, by the script itself, from another folder.</summary>
public sealed class ReadmeCommandTests
{
    [BashFact]
    public async Task TheFirstCommandOfReadmeTakesTheFourFilesIn()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"));
        const string Command = "./agent import plugins/OurAirports/data/*.csv";
        Assert.Contains(Command + "\n", readme);
        using var data = new TempFolder();

        var (exit, output, errors) = await RunAsync($"{Command} --data '{data.Path}'");

        Assert.True(exit == 0, $"exit {exit}\n{errors}\n{output}");
        Assert.All((string[])["249", "3,987", "11,008", "48,184"], rows => Assert.Contains(rows, output));
    }

    [BashFact]
    public async Task TheScriptWorksFromAnyFolderAndPassesTheExitCodeOn()
    {
        using var elsewhere = new TempFolder();

        var (exit, output, errors) = await RunAsync($"cd '{elsewhere.Path}' && '{Repository.Root}/agent' import missing.csv");

        Assert.Equal(2, exit);
        Assert.Empty(output);
        Assert.Contains("missing.csv", errors);
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere.Path));
    }

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(string command)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", command])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(8));
        var output = bash.StandardOutput.ReadToEndAsync(stop.Token);
        var errors = bash.StandardError.ReadToEndAsync(stop.Token);
        await bash.WaitForExitAsync(stop.Token);
        return (bash.ExitCode, await output, await errors);
    }
}
