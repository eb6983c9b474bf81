using System.Diagnostics;
using System.Text.Json;
using Flow.Tests.Support;

namespace Flow.Tests;

/// <summary>A machine cut off from every network but itself.</summary>
public sealed class OfflineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [UnshareFact("-rn", "ip link set lo up")]
    public async Task TheImportOfTheAirportFilesPassesWithoutANetwork()
    {
        using var folder = new TempFolder();
        Checkout(folder.Path);
        var files = new[] { "countries.csv", "regions.csv", "navaids.csv", "runways.csv" }.Select(name => Path.Combine(Repository.AirportData, name));

        // The address of another machine cannot be reached from in there: the test would notice a network that is left.
        const string Inside = "ip link set lo up && ! ip route get 192.0.2.1 2>/dev/null && cd \"$1\" && shift && exec ./agent import --json --space Airports --data data \"$@\"";
        using var process = Process.Start(new ProcessStartInfo("unshare", ["-rn", "sh", "-c", Inside, "sh", folder.Path, .. files])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var stop = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(stop.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"The import did not end within {Limit}: {await errors}");
        }

        Assert.True(process.ExitCode == 0, $"exit {process.ExitCode}\n{await errors}\n{await output}");
        using var report = JsonDocument.Parse(await output);
        var written = report.RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("rowsWritten").GetInt32());
        Assert.Equal([249, 3_987, 11_008, 48_184], written);
    }

    /// <summary>The script in a checkout of its own whose host is the one built beside these tests, so that nothing is built in there.</summary>
    private static void Checkout(string path)
    {
        File.Copy(Path.Combine(Repository.Root, "agent"), Path.Combine(path, "agent"));
        foreach (var file in (string[])["appsettings.json", "global.json", "Directory.Build.props", "Directory.Packages.props"])
        {
            File.Copy(Path.Combine(Repository.Root, file), Path.Combine(path, file));
        }

        foreach (var folder in (string[])["src/AgentHost/bin/Release", "plugins", "eng", "artifacts/agent"])
        {
            Directory.CreateDirectory(Path.Combine(path, folder));
        }

        Directory.CreateSymbolicLink(Path.Combine(path, "src/AgentHost/bin/Release/net10.0"), Path.GetDirectoryName(Repository.HostAssembly)!);
        File.WriteAllText(Path.Combine(path, "artifacts/agent/built"), "");
    }
}
