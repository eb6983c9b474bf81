using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Contracts.Agents;

/// <summary>One agent with its own folder, killed and started again; its lives are written down.</summary>
public sealed class AgentUnderTest(string name, string program, IReadOnlyDictionary<string, string> environment, string folder) : IAsyncDisposable
{
    /// <summary>Tells a handler in which life it runs.</summary>
    public const string IncarnationVariable = "HISTORY_INCARNATION";

    private readonly List<(string Incarnation, DateTimeOffset? EndedAt)> _lives = [];
    private readonly StringBuilder _errors = new();
    private Process? _process;

    /// <summary>What it is called.</summary>
    public string Name => name;

    /// <summary>Of all its lives.</summary>
    public IReadOnlyList<AgentLife> Lives => [.. _lives.Select(l => new AgentLife(l.Incarnation, l.EndedAt))];

    /// <summary>The present or last life.</summary>
    public string Incarnation => _lives[^1].Incarnation;

    /// <summary>True while no process of it runs.</summary>
    public bool HasExited => _process?.HasExited ?? true;

    /// <summary>Lives that ended although nobody ended them.</summary>
    public int DiedByItself { get; private set; }

    /// <summary>What all its lives said.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    /// <summary>Starts the next life.</summary>
    /// <param name="more">Variables of this life alone.</param>
    public void Start(IReadOnlyDictionary<string, string>? more = null)
    {
        var incarnation = string.Create(CultureInfo.InvariantCulture, $"{name}-{_lives.Count + 1}");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = folder };
        foreach (var argument in (string[])[program, "serve", "--data", folder, "--port", "0"])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var variable in start.Environment.Keys.Where(k => k.StartsWith("FLATFILE_", StringComparison.Ordinal) || k.StartsWith("Agent__", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(variable);
        }

        foreach (var (variable, value) in environment.Concat(more ?? new Dictionary<string, string>()))
        {
            start.Environment[variable] = value;
        }

        start.Environment[IncarnationVariable] = incarnation;
        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, line) => Append(incarnation, line.Data);
        _process.OutputDataReceived += (_, line) => Append(incarnation, line.Data);
        _lives.Add((incarnation, null));
        _process.Start();
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    /// <summary>kill -9. One that died by itself before is written down as such.</summary>
    public async Task KillAsync()
    {
        if (_process!.HasExited)
        {
            DiedByItself++;
        }
        else
        {
            _process.Kill(entireProcessTree: false);
        }

        await _process.WaitForExitAsync();
        _lives[^1] = (_lives[^1].Incarnation, new DateTimeOffset(_process.ExitTime.ToUniversalTime(), TimeSpan.Zero));
        _process.Dispose();
        _process = null;
    }

    /// <summary>SIGSTOP: the process stands still, as in a long pause of its machine.</summary>
    public void Pause() => Send("STOP");

    /// <summary>SIGCONT.</summary>
    public void Continue() => Send("CONT");

    /// <summary>SIGTERM, and waits until the process has ended in order.</summary>
    public async Task StopAsync(TimeSpan limit)
    {
        Send("TERM");
        using var late = new CancellationTokenSource(limit);
        await _process!.WaitForExitAsync(late.Token);
        await KillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }
    }

    private void Send(string signal)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", ["-" + signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]))!;
        kill.WaitForExit();
    }

    private void Append(string incarnation, string? line)
    {
        if (line is not null)
        {
            lock (_errors)
            {
                _errors.AppendLine(CultureInfo.InvariantCulture, $"{incarnation}: {line}");
            }
        }
    }
}
