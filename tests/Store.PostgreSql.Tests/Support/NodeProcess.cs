using System.Diagnostics;
using System.Globalization;
using Contracts.Support;

namespace Store.PostgreSql.Tests.Support;

/// <summary>A node in a process of its own.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly Process _process;

    private NodeProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } said)
            {
                Said.Add(said);
            }
        };
        process.BeginOutputReadLine();
    }

    public Arrivals<string> Said { get; } = new("lines of the node");

    /// <summary>Starts one; returns when it has entered and taken the tickets.</summary>
    public static async Task<NodeProcess> StartAsync(string connectionString, TimeSpan life, params string[] tickets)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[typeof(NodeProcess).Assembly.Location, connectionString, life.TotalMilliseconds.ToString(CultureInfo.InvariantCulture), .. tickets])
        {
            start.ArgumentList.Add(argument);
        }

        var node = new NodeProcess(Process.Start(start)!);
        var first = (await node.Said.WaitForAsync(1))[0];
        Assert.StartsWith("entered ", first, StringComparison.Ordinal);
        return node;
    }

    /// <summary>As <c>kill -9</c>: no farewell.</summary>
    public Task KillAsync() => SignalAsync("-KILL");

    public Task PauseAsync() => SignalAsync("-STOP");

    public Task GoOnAsync() => SignalAsync("-CONT");

    /// <summary>An orderly end.</summary>
    public Task LeaveAsync()
    {
        _process.StandardInput.Close();
        return Signal.WaitAsync(_process.WaitForExitAsync(), "the node to leave");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("/bin/kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
