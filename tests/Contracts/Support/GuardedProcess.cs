using System.Diagnostics;
using System.Globalization;

namespace Contracts.Support;

/// <summary>A process of a test that does not outlive the test process, however that one ends.</summary>
public sealed class GuardedProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Process _guard;

    private GuardedProcess(Process process, Process guard)
    {
        _process = process;
        _guard = guard;
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a program with exactly this environment; what it says is appended to a file.</summary>
    public static GuardedProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string outputFile)
    {
        // The shell only opens the file and becomes the program: the process id stays.
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, RedirectStandardInput = true };
        foreach (var argument in (string[])["-c", "out=$1; shift; exec \"$@\" </dev/null >>\"$out\" 2>&1", "sh", outputFile, program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        return new GuardedProcess(process, StartGuard(process.Id));
    }

    /// <summary>As a power cut: the process gets no chance to write anything.</summary>
    public Task KillAsync() => EndAsync("-KILL");

    /// <summary>Asks the process to end and waits until it has.</summary>
    public Task StopAsync() => EndAsync("-TERM");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _guard.Kill();
        await _guard.WaitForExitAsync();
        _guard.Dispose();
        _process.Dispose();
    }

    /// <summary>Waits for the end of its input, which comes when this process ends, and kills then.</summary>
    private static Process StartGuard(int processId)
    {
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, RedirectStandardInput = true };
        foreach (var argument in (string[])["-c", "trap '' TERM INT; cat >/dev/null; kill -KILL \"$1\" 2>/dev/null", "sh", processId.ToString(CultureInfo.InvariantCulture)])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private async Task EndAsync(string signal)
    {
        if (_process.HasExited)
        {
            return;
        }

        using var kill = Process.Start("/bin/kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await Signal.WaitAsync(_process.WaitForExitAsync(), $"the end of process {_process.Id} after {signal}");
    }
}
