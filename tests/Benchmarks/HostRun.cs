using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Benchmarks;

/// <summary>One run of the host as a process of its own, timed and weighed from outside.</summary>
internal sealed class HostRun : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    private HostRun(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    public TimeSpan Elapsed => _clock.Elapsed;

    public static HostRun Start(params string[] arguments) => Start(arguments, []);

    public static HostRun Start(string[] arguments, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.ArgumentList.Add(Path.Combine(Checkout.HostFolder, "Flatfile.Agent.Host.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new HostRun(Process.Start(start)!);
    }

    /// <summary>Waits for the end, watching memory, and reads the JSON the command printed.</summary>
    public async Task<(JsonDocument Result, long PeakBytes)> FinishAsync()
    {
        var peak = 0L;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!_process.HasExited)
        {
            peak = Math.Max(peak, PeakBytes());
            await tick.WaitForNextTickAsync();
        }

        if (_process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The host ended with {_process.ExitCode}: {await _errors}");
        }

        return (JsonDocument.Parse(await _output), peak);
    }

    /// <summary>What the process holds now.</summary>
    public long ResidentBytes() => FromProc("VmRSS:") ?? Refreshed().WorkingSet64;

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>The most the process has held.</summary>
    public long PeakBytes() => FromProc("VmHWM:") ?? Refreshed().PeakWorkingSet64;

    private Process Refreshed()
    {
        _process.Refresh();
        return _process;
    }

    private long? FromProc(string name)
    {
        try
        {
            var line = File.ReadLines($"/proc/{_process.Id}/status").FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal));
            return line is null ? null : long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
