using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Dispatch.Suspects;

/// <summary>Runs handlers under suspicion in a child process, which stays for the next ones for a while. It ends when this one does, however that ends.</summary>
internal sealed partial class SuspectProcess(
    SuspectCommand command, HandlerCatalogSource catalogs, IFlatfileEndpoint endpoint, IOptions<AgentOptions> options, TimeProvider time,
    ILogger<SuspectProcess> log) : ISuspectRunner, IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(15);

    /// <summary>What a try gets beyond its own limit, which the child watches itself.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _one = new(1, 1);
    private SuspectChild? _child;
    private WeakReference<HandlerCatalog>? _loaded;
    private CancellationTokenSource? _idle;

    public async Task<SuspectEnd> RunAsync(SuspectCall call, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _idle?.Cancel();
            return await ReadyAsync(cancellationToken).ConfigureAwait(false) is { } child
                ? await AskAsync(child, call, cancellationToken).ConfigureAwait(false)
                : new SuspectEnd.NotRun("the process for such handlers could not be started");
        }
        finally
        {
            EndWhenIdle();
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _idle?.Cancel();
        await DropAsync().ConfigureAwait(false);
        _one.Dispose();
    }

    private async Task<SuspectEnd> AskAsync(SuspectChild child, SuspectCall call, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(call.Timeout + Grace, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        SuspectAnswer? answer;
        try
        {
            answer = await child.AskAsync(RequestOf(call), either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await DropAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return new SuspectEnd.Failed(SuspectFault.Of(new TimeoutException($"The handler took longer than {call.Timeout}; its process was ended.")));
        }

        if (answer is null)
        {
            var died = await child.EndAsync().ConfigureAwait(false);
            await DropAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return died;
        }

        return answer switch
        {
            { NotRun: { } reason } => new SuspectEnd.NotRun(reason),
            { Fault: { } fault } => new SuspectEnd.Failed(fault),
            _ => new SuspectEnd.Done(),
        };
    }

    private SuspectRequest RequestOf(SuspectCall call) => new()
    {
        HandlerId = call.HandlerId,
        PluginVersion = catalogs.Current.Find(call.HandlerId)?.PluginVersion,
        Event = call.Event.ToArray(),
        Attempt = call.Attempt,
        Timeout = call.Timeout,
        TraceParent = call.TraceParent,
        Address = endpoint.BaseAddress,
        Token = endpoint.Token,
        EnvironmentId = options.Value.EnvironmentId,
    };

    /// <summary>A child that lives and has the plugins in force, or null when none can be had.</summary>
    private async Task<SuspectChild?> ReadyAsync(CancellationToken cancellationToken)
    {
        if (_child is { IsGone: false } && _loaded?.TryGetTarget(out var loaded) == true && loaded == catalogs.Current)
        {
            return _child;
        }

        await DropAsync().ConfigureAwait(false);
        using var late = new CancellationTokenSource(StartLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            // Not kept: the code of plugins that were swapped must be free to go.
            _loaded = new WeakReference<HandlerCatalog>(catalogs.Current);
            _child = SuspectChild.Start(command, line => Said(log, line));
            if (await _child.ReadAsync(either.Token).ConfigureAwait(false) is not { IsReady: true })
            {
                var end = await _child.EndAsync().ConfigureAwait(false);
                throw new InvalidOperationException($"It ended with {ProcessDiedException.Describe(end.ExitCode)} before it was ready. {end.LastWords}");
            }

            Started(log, _child.Id);
            return _child;
        }
        catch (Exception fault)
        {
            await DropAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            NotStarted(log, fault);
            return null;
        }
    }

    private async Task DropAsync()
    {
        if (Interlocked.Exchange(ref _child, null) is { } child)
        {
            await child.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void EndWhenIdle()
    {
        var idle = _idle = new CancellationTokenSource();
        _ = EndAfterAsync(idle.Token);
    }

    private async Task EndAfterAsync(CancellationToken busy)
    {
        await Task.Delay(Idle, time, busy).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (busy.IsCancellationRequested || !await _one.WaitAsync(TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false))
        {
            return;
        }

        try
        {
            if (!busy.IsCancellationRequested)
            {
                await DropAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _one.Release();
        }
    }
}
