using System.Diagnostics;
using System.Text;

namespace Flatfile.Agent.Core.Dispatch.Suspects;

/// <summary>One life of the other process.</summary>
internal sealed class SuspectChild : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Process _process;
    private readonly LastWords _words = new();
    private readonly Task _listening;

    private SuspectChild(Process process, Action<string> onLine)
    {
        _process = process;
        _listening = ListenAsync(process.StandardError, onLine);
    }

    /// <summary>Starts it. The answer that it is ready is still to be read.</summary>
    public static SuspectChild Start(SuspectCommand command, Action<string> onLine) => new(
        Process.Start(new ProcessStartInfo(command.Program, command.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        }) ?? throw new InvalidOperationException($"'{command.Program}' did not start."),
        onLine);

    public int Id => _process.Id;

    public bool IsGone => _process.HasExited;

    /// <summary>Sends a request and waits for the answer; null when the process is gone.</summary>
    public async Task<SuspectAnswer?> AskAsync(SuspectRequest request, CancellationToken cancellationToken)
    {
        _words.Clear();
        try
        {
            await SuspectWire.WriteAsync(_process.StandardInput.BaseStream, request, SuspectJson.Default.SuspectRequest, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            return null;
        }

        return await ReadAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The next answer; null when the process is gone.</summary>
    public Task<SuspectAnswer?> ReadAsync(CancellationToken cancellationToken) =>
        SuspectWire.ReadAsync(_process.StandardOutput.BaseStream, SuspectJson.Default.SuspectAnswer, cancellationToken);

    /// <summary>How it ended, once its pipe is closed.</summary>
    public async Task<SuspectEnd.Died> EndAsync()
    {
        // A crash may take its time, as it may write a dump; but nothing answers any more.
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await _process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Kill();
        await Task.WhenAny(_listening, Task.Delay(Patience)).ConfigureAwait(false);
        return new SuspectEnd.Died(_process.HasExited ? _process.ExitCode : -1, _words.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone already.
        }

        using (var limit = new CancellationTokenSource(Patience))
        {
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Kill();
        await Task.WhenAny(_listening, Task.Delay(Patience)).ConfigureAwait(false);
        _process.Dispose();
    }

    private void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit(Patience);
        }
    }

    private async Task ListenAsync(StreamReader errors, Action<string> onLine)
    {
        try
        {
            while (await errors.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                _words.Add(line);
                onLine(line);
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            // It is gone; what it said is kept.
        }
    }
}
