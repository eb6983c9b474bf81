using System.Diagnostics;
using System.Text;

namespace AgentHost.Tests.Support;

/// <summary>The built host, run as a person runs it: a process with arguments, two outputs and an exit code.</summary>
internal sealed class HostProgram : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;

    private HostProgram(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput, _output), ReadAsync(process.StandardError, _error));
    }

    public static string Dll { get; } = FindDll();

    public string Output => Read(_output);

    public string Error => Read(_error);

    public int Id => _process.Id;

    public bool IsRunning => !_process.HasExited;

    /// <summary>Runs to the end.</summary>
    public static async Task<HostResult> RunAsync(string workingFolder, IReadOnlyList<string> arguments, params (string Name, string Value)[] environment)
    {
        await using var program = Start(workingFolder, arguments, environment);
        return await program.EndAsync();
    }

    public static HostProgram Start(string workingFolder, IReadOnlyList<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Dll, .. arguments])
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("FLATFILE", StringComparison.Ordinal) || k.StartsWith("AGENT", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        // No event comes between others because a test runs over the turn of five minutes.
        start.Environment["Spaces__CronTopics"] = "false";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new HostProgram(Process.Start(start)!);
    }

    /// <summary>Returns when the server has said where things are.</summary>
    public async Task ServingAsync()
    {
        var first = await Task.WhenAny(_started.Task, _reading, Task.Delay(Limit));
        Assert.True(first == _started.Task, $"The server did not say where things are within {Limit}.\n{Output}\n{Error}");
    }

    public async Task<HostResult> EndAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The program did not end within {Limit}.\n{Output}\n{Error}");
        }

        await _reading;
        return new HostResult(_process.ExitCode, Output, Error);
    }

    /// <summary>Asks the process to stop, as Ctrl-C (SIGINT) and service managers (SIGTERM) do.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader, StringBuilder text)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }

            if (line.Contains("Ctrl-C", StringComparison.Ordinal))
            {
                _started.TrySetResult();
            }
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    /// <summary>The host of the same configuration as these tests, with its plugins beside it.</summary>
    private static string FindDll()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(Repository.Root, "src", "AgentHost", "bin", here.Parent!.Name, here.Name, "Flatfile.Agent.Host.dll");
    }
}
