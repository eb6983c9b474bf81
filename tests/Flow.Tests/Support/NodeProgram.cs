using System.Diagnostics;
using System.Text.Json;

namespace Flow.Tests.Support;

/// <summary>Runs an unmodified Node program with the official packages, installed once per checkout.</summary>
internal static class NodeProgram
{
    // Once for all tests: a program that another test has started must not be written over.
    private static readonly Lazy<string?> Checked = new(() => Check() ?? CopyPrograms());

    /// <summary>Null when Node and its packages are here; else a sentence that says what is missing. The packages are installed once per checkout.</summary>
    public static string? Missing => Checked.Value;

    /// <summary>Runs a program of <c>js/</c> to its end and reads the JSON objects it prints, one a line.</summary>
    public static async Task<IReadOnlyList<JsonElement>> RunAsync(string program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        Assert.True(Missing is null, Missing);
        var run = await RunAsync("node", [program, .. arguments], environment, TimeSpan.FromMinutes(3));
        Assert.True(run is { Exit: 0 }, $"{program} ended with {run?.Exit}:\n{run?.Errors}\n{run?.Output}");
        return [.. run!.Value.Output.Split('\n').Where(line => line.StartsWith('{')).Select(Read)];
    }

    private static JsonElement Read(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.Clone();
    }

    private static string Source => Path.Combine(Repository.Root, "tests", "Flow.Tests", "js");

    // Beside the packages, so that the programs find them.
    private static string? CopyPrograms()
    {
        foreach (var file in Directory.EnumerateFiles(Source, "*", SearchOption.AllDirectories).Where(f => f.EndsWith(".mjs", StringComparison.Ordinal) || Path.GetFileName(f) == "api.json"))
        {
            var copy = Path.Combine(Folder, Path.GetRelativePath(Source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }

        return null;
    }

    private static string Folder => Path.Combine(Repository.Root, "artifacts", "node");

    private static string? Check()
    {
        if (!Succeeds("node", Path.GetTempPath(), "--version"))
        {
            return "Node.js is not installed: the official JavaScript packages were not run.";
        }

        var wanted = File.ReadAllText(Path.Combine(Source, "package.json"));
        var installed = Path.Combine(Folder, "installed.json");
        if (File.Exists(installed) && File.ReadAllText(installed) == wanted)
        {
            return null;
        }

        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "package.json"), wanted);
        if (!Succeeds(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", Folder, "install", "--no-audit", "--no-fund", "--no-package-lock"))
        {
            return "npm could not install the official JavaScript packages: they were not run.";
        }

        File.WriteAllText(installed, wanted);
        return null;
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
