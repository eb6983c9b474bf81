using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Recording;
using Flatfile.Agent.Core.Startup;
using Flatfile.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>What one run holds: its services, its fence, its client. A handler left alone keeps the scope until it ends.</summary>
internal sealed class RunScope : IAsyncDisposable
{
    private readonly AsyncServiceScope _scope;
    private readonly Lazy<FlatfileClient> _client;
    private Task? _leftAlone;

    public RunScope(IServiceScopeFactory scopes)
    {
        _scope = scopes.CreateAsyncScope();
        Fence = _scope.ServiceProvider.GetRequiredService<RunFence>();
        _client = new Lazy<FlatfileClient>(() => _scope.ServiceProvider.GetRequiredService<FlatfileClientFactory>().Create(Fence));
    }

    public IServiceProvider Services => _scope.ServiceProvider;

    public RunFence Fence { get; }

    /// <summary>The agent's own client, for the job itself; the handler has one of its own.</summary>
    public FlatfileClient Client => _client.Value;

    /// <summary>Set before the handler is made: its calls are recorded there.</summary>
    public RunRecording? Recording
    {
        get => Services.GetRequiredService<RecordingSlot>().Recording;
        set => Services.GetRequiredService<RecordingSlot>().Recording = value;
    }

    /// <summary>The handler goes on although it was told to end: its calls are refused, and the scope closes when it ends.</summary>
    public void LeaveAlone(Task handler) => _leftAlone = handler;

    public async ValueTask DisposeAsync()
    {
        if (_leftAlone is not null)
        {
            Fence.Close();
            _ = _leftAlone.ContinueWith(async _ => await _scope.DisposeAsync().ConfigureAwait(false), TaskScheduler.Default);
            return;
        }

        await _scope.DisposeAsync().ConfigureAwait(false);
    }
}
