using System.Diagnostics;
using System.Text.Json;

namespace Flow.Tests.Support;

/// <summary>Runs an unmodified Node program with the official packages, installed once per checkout.</summary>
internal static class NodeProgram
{
    private static readonly Lazy<string?> Checked = new(Check);

    /// <summary>Null when Node and its packages are here; else a sentence that says what is missing. The packages are installed once per checkout.</summary>
    public static string? Missing => Checked.Value;

    /// <summary>Runs a program of <c>js/</c> and reads the one JSON object it prints last.</summary>
    public static async Task<JsonElement> RunAsync(string program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var source = Path.Combine(Repository.Root, "tests", "Flow.Tests", "js");
        foreach (var file in Directory.GetFiles(source, "*.mjs"))
        {
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)), overwrite: true);
        }

        var run = await RunAsync("node", [program, .. arguments], environment, TimeSpan.FromMinutes(3));
        Assert.True(run is { Exit: 0 }, $"{program} ended with {run?.Exit}:\n{run?.Errors}\n{run?.Output}");
        var line = run!.Value.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Last(l => l.StartsWith('{'));
        using var json = JsonDocument.Parse(line);
        return json.RootElement.Clone();
    }

    private static string Folder => Path.Combine(Repository.Root, "artifacts", "node");

    private static string? Check()
    {
        if (!Succeeds("node", Path.GetTempPath(), "--version"))
        {
            return "Node.js is not installed: the official JavaScript packages were not run.";
        }

        if (Directory.Exists(Path.Combine(Folder, "node_modules", "@flatfile", "plugin-record-hook")))
        {
            return null;
        }

        Directory.CreateDirectory(Folder);
        File.Copy(Path.Combine(Repository.Root, "tests", "Flow.Tests", "js", "package.json"), Path.Combine(Folder, "package.json"), overwrite: true);
        return Succeeds(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", Folder, "install", "--no-audit", "--no-fund", "--no-package-lock")
            ? null
            : "npm could not install the official JavaScript packages: they were not run.";
    }

    private static bool Succeeds(string program, string folder, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
            })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<(int Exit, string Output, string Errors)?> RunAsync(
        string program, string[] arguments, IReadOnlyDictionary<string, string>? environment, TimeSpan limit)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Directory.Exists(Folder) ? Folder : Path.GetTempPath(),
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        try
        {
            using var process = Process.Start(start)!;
            using var stop = new CancellationTokenSource(limit);
            var output = process.StandardOutput.ReadToEndAsync(stop.Token);
            var errors = process.StandardError.ReadToEndAsync(stop.Token);
            try
            {
                await process.WaitForExitAsync(stop.Token);
                return (process.ExitCode, await output, await errors);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {limit}.");
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
